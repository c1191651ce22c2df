import type { Evidence } from '#src/domain/evidence.ts';
import { evidenceText } from '#src/domain/evidence-text.ts';
import { type Language, periodText, rupiahText } from '#src/domain/language.ts';
import { type Explained, factSource, termSource } from './explained.ts';
import type { Block, Cell } from './letter.ts';

const WORDS = {
  id: {
    heading: 'Bukti yang dipakai',
    caption: 'Yang dikatakan bukti, dan yang dilaporkan pemberi kerja',
    columns: ['Bukti', 'Tanggal', 'Instansi', 'Menurut bukti', 'Menurut laporan', 'Dasar'],
    workers: (count: number) => `${count} pekerja`,
    seen: (count: number) => `${count} pekerja dilihat satu per satu`,
    wageBill: (amount: string) => `upah seluruhnya ${amount} sebulan`,
    lowest: (amount: string) => `upah terendah ${amount} sebulan`,
    undeclared: 'belum ada laporan',
  },
  en: {
    heading: 'Evidence that was used',
    caption: 'What the evidence says, and what the employer declared',
    columns: ['Evidence', 'Day', 'Agency', 'By the evidence', 'By the declaration', 'Rests on'],
    workers: (count: number) => `${count} workers`,
    seen: (count: number) => `${count} workers seen one by one`,
    wageBill: (amount: string) => `wages of ${amount} a month in all`,
    lowest: (amount: string) => `lowest wage of ${amount} a month`,
    undeclared: 'nothing is declared',
  },
} satisfies Record<Language, object>;

/** The evidence that reasons rest on, beside the roster that it is held against; nothing where there is none. */
export function evidenceBlocks(explained: Explained): Block[] {
  const { facts, language, verdict } = explained;
  const words = WORDS[language];
  const references = new Set(
    verdict.reasons.flatMap(({ evidence, reference }) => (evidence && reference) ?? []),
  );
  const used = facts.evidence.filter(({ id }) => references.has(id));
  if (used.length === 0) return [];
  const rows = used.map((evidence): Cell[] => [
    { text: evidenceText(evidence.kind, language) },
    { day: evidence.observedOn },
    { text: evidence.agency },
    { text: seenText(evidence, language) },
    { text: declaredText(evidence, language) },
    { sources: [factSource('evidence', evidence.id), termSource(explained, evidence.observedOn)] },
  ]);
  return [
    { kind: 'heading', level: 2, text: words.heading },
    { kind: 'table', caption: words.caption, columns: words.columns, rows },
  ];
}

function seenText({ headcount, workersSeen, wageBill, lowestWage }: Evidence, language: Language): string {
  const words = WORDS[language];
  return [
    ...(headcount === undefined ? [] : [words.workers(headcount)]),
    ...(workersSeen === undefined ? [] : [words.seen(workersSeen)]),
    ...(wageBill === undefined ? [] : [words.wageBill(rupiahText(wageBill, language))]),
    ...(lowestWage === undefined ? [] : [words.lowest(rupiahText(lowestWage, language))]),
  ].join('; ');
}

function declaredText({ compared }: Evidence, language: Language): string {
  const words = WORDS[language];
  if (!compared) return words.undeclared;
  const { period, headcount, wageBill } = compared;
  const said = [words.workers(headcount), words.wageBill(rupiahText(wageBill, language))];
  return `${periodText(period, language)}: ${said.join('; ')}`;
}
