import type { Certainty } from './certainty.ts';
import type { Language } from './language.ts';

/** A value of law together with where it stands, what it is called and how sure it is. */
export type Cited<T> = {
  value: T;
  parameter: string;
  article: string;
  title: Record<Language, string>;
  certainty: Certainty;
};
