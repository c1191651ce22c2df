/** The law's files are not fit to compute with. The message names each file, and the line where it is known. */
export class LawDataError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'LawDataError';
  }
}
