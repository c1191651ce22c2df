import fc from 'fast-check';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { factsKnownAt, type History } from '#src/domain/facts.ts';
import type { LetterFacts, Sender } from '#src/domain/letters/letter-view.ts';
import { history, law, TODAY } from '#test/domain/histories.ts';

export const SENDER: Sender = {
  agency: 'BPJS Ketenagakerjaan Cabang Yogyakarta',
  place: 'Yogyakarta',
  officer: 'Siti Aminah',
  reference: '019a0000-0000-7000-8000-000000000001/first_warning',
  region: 'Kabupaten Kulon Progo',
};

export const KNOWN_AT = `${TODAY}T06:00:00.000Z`;

/** What a letter of the day rests on, of a history. */
export function letterFactsOf(past: History, asOf: string = TODAY): LetterFacts {
  return { facts: factsKnownAt(past, KNOWN_AT)!, law, asOf, knownAt: KNOWN_AT };
}

/** The same of some history, always the same one, with other attributes of the employer. */
export function letterFacts(more: Partial<EmployerAttributes> = {}): LetterFacts {
  const [past] = fc.sample(history, { numRuns: 1, seed: 7 });
  const changes = past!.changes.map((change) => ({
    ...change,
    attributes: { ...change.attributes, legalName: 'PT Uji', ...more },
  }));
  return letterFactsOf({ ...past!, changes });
}
