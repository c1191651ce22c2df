import type { ImportCode } from './messages.ts';

/** Ends an import before its file is done; the import is then `failed`. */
export class ImportFailure extends Error {
  readonly code: ImportCode;
  /** What it is about, such as the name of a column. */
  readonly about: string;
  constructor(code: ImportCode, about = '') {
    super(code);
    this.code = code;
    this.about = about;
  }
}

/** The file did not come to its end. */
export class UploadAborted extends ImportFailure {
  constructor() {
    super('upload_aborted');
  }
}

/** The file comes so slowly that somebody else shall have its place; whoever sends it can be told. */
export class UploadTooSlow extends UploadAborted {}

/** The service stops. */
export class ImportInterrupted extends ImportFailure {
  constructor() {
    super('interrupted');
  }
}

/** Workbooks that are read at the same time hold all the memory that there is for them. */
export class NoRoom extends ImportFailure {
  constructor() {
    super('interrupted');
  }
}

/** Somebody else has ended the import already: by cancelling it, or by finding its process gone. */
export class ImportEnded extends Error {}

/** Somebody else wrote at the same time what this chunk would have written: to be tried again. */
export class ChunkContended extends Error {}
