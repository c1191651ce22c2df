export { failAbandonedImports } from './abandoned.ts';
export { parseRupiah } from './amounts.ts';
export { readCsv } from './csv.ts';
export { UploadAborted, UploadTooSlow } from './endings.ts';
export { IMPORT_MESSAGES, type ImportCode } from './messages.ts';
export { type Imports, openImports } from './open-imports.ts';
export type { ImportFormat } from './read-rows.ts';
export { Upload } from './upload.ts';
