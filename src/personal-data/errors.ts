export type PersonalDataErrorCode =
  | 'key_missing'
  | 'key_malformed'
  | 'key_unknown'
  | 'sealed_malformed'
  | 'sealed_not_authentic'
  | 'roster_malformed';

/** A failure of this folder. Its message names files and key ids, never key material or what was sealed. */
export class PersonalDataError extends Error {
  override readonly name = 'PersonalDataError';
  readonly code: PersonalDataErrorCode;

  constructor(code: PersonalDataErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
