export { failAbandonedImports } from './abandoned.ts';
export { IMPORT_MESSAGES } from './messages.ts';
export { type Imports, openImports } from './open-imports.ts';
export type { ImportFormat } from './read-rows.ts';
export { Upload } from './upload.ts';
