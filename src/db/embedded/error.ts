/** The embedded database cannot be had; the message is for the person who starts the service. */
export class EmbeddedDatabaseError extends Error {
  readonly code: 'data_folder_in_use' | 'data_folder_unusable' | 'database_not_started';

  constructor(code: EmbeddedDatabaseError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
