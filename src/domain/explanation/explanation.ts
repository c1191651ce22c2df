import { type Day, dayOf, type Instant } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { dayText, type Language } from '#src/domain/language.ts';
import { ledgerOf } from '#src/domain/ledger/ledger.ts';
import type { Law } from '#src/domain/parameters.ts';
import { statusText } from '#src/domain/verdict/status-text.ts';
import { verdictOf } from '#src/domain/verdict/verdict-document.ts';
import { type Explained, factSource, statements } from './explained.ts';
import { remedyBlocks, restrictionBlocks } from './explained-consequences.ts';
import { evidenceBlocks } from './explained-evidence.ts';
import { minimumWageBlocks } from './explained-minimum-wage.ts';
import { monthBlocks } from './explained-months.ts';
import { reasonBlocks } from './explained-reasons.ts';
import { sourceBlocks } from './explained-sources.ts';
import { suspensionBlocks } from './explained-suspensions.ts';
import type { Block, Letter } from './letter.ts';

const WORDS = {
  id: {
    title: (name: string) => `Penjelasan status kepatuhan ${name}`,
    to: 'Kepada',
    about: 'Kepatuhan kepada jaminan sosial ketenagakerjaan (BPJS Ketenagakerjaan)',
    asked: 'Yang ditanyakan',
    name: 'Pemberi kerja',
    npp: 'Nomor pendaftaran perusahaan (NPP)',
    nib: 'Nomor induk berusaha (NIB)',
    asOf: 'Keadaan pada',
    knownAt: 'Menurut yang diketahui sampai',
    cutoff: 'Fakta terbaru dicatat pada',
    ruleset: 'Versi perangkat aturan',
    status: 'Status',
    valid: 'Berlaku sampai kapan',
    until: (day: string) =>
      `Jika tidak ada fakta baru, status ini dapat dipegang sampai hari sebelum ${day}; pada hari itu status berubah karena waktu saja.`,
    always: 'Jika tidak ada fakta baru, status ini tidak berubah karena waktu saja.',
    objecting: 'Jika tidak sependapat',
    objection:
      'Pemberi kerja yang tidak sependapat dengan status, alasan, atau angka di sini dapat menyampaikan keberatannya kepada instansi yang mengirimkan penjelasan ini, dengan menyebut alasan, bulan iuran, dan buktinya. Instansi mencatatnya sebagai sengketa (/v1/disputes), dan memutuskannya. Sengketa menunda akibat hanya jika instansi memberikannya. Laporan atau pembayaran yang keliru tercatat dibetulkan dengan laporan atau pembayaran yang benar, lalu semuanya dihitung ulang.',
    again: 'Pertanyaan yang sama dengan kedua waktu di atas selalu memberi penjelasan yang sama.',
  },
  en: {
    title: (name: string) => `Explanation of the compliance status of ${name}`,
    to: 'To',
    about: 'Compliance with employment social security (BPJS Ketenagakerjaan)',
    asked: 'What was asked',
    name: 'Employer',
    npp: 'Employer number of BPJS (NPP)',
    nib: 'Business number (NIB)',
    asOf: 'How it stood on',
    knownAt: 'As known by',
    cutoff: 'Newest fact recorded at',
    ruleset: 'Version of the rules',
    status: 'Status',
    valid: 'For how long this holds',
    until: (day: string) =>
      `If no further fact comes, this status can be relied on until the day before ${day}; on that day it changes by time alone.`,
    always: 'If no further fact comes, time alone does not change this status.',
    objecting: 'How to object',
    objection:
      'An employer that does not agree with the status, a reason or a figure here can say so to the agency that sent this explanation, with the grounds, the months and the evidence. The agency records it as a dispute (/v1/disputes) and decides it. A dispute suspends the consequences only where the agency grants that. A declaration or payment that was recorded wrongly is put right by the correct one, and everything is computed again.',
    again: 'The same question with both times above always gives the same explanation.',
  },
} satisfies Record<Language, object>;

/**
 * The whole reasoning behind a verdict, as a document that the company can be sent: each number with the facts and
 * parameters that it rests on. `facts` must have the settled months, too. Sums only: no worker appears.
 */
export function explanationOf(
  known: { facts: Facts; asOf: Day; knownAt: Instant; dataCutoff: Instant },
  law: Law,
  language: Language,
): Letter {
  const { facts, asOf } = known;
  const explained: Explained = {
    facts,
    law,
    language,
    ledger: ledgerOf(facts, law, asOf),
    verdict: verdictOf(known, law, language),
  };
  const blocks = [
    ...subjectBlocks(explained),
    ...reasonBlocks(explained),
    ...evidenceBlocks(explained),
    ...minimumWageBlocks(explained),
    ...remedyBlocks(explained),
    ...restrictionBlocks(explained),
    ...suspensionBlocks(explained),
    ...monthBlocks(explained),
    ...validityBlocks(explained),
    ...objectionBlocks(explained),
  ];
  return {
    language,
    title: WORDS[language].title(facts.employer.legalName),
    blocks: [...blocks, ...sourceBlocks(explained, blocks)],
  };
}

function subjectBlocks({ facts, language, verdict }: Explained): Block[] {
  const words = WORDS[language];
  const { legalName, npp, nib, address } = facts.employer;
  const { asOf, knownAt, dataCutoff, rulesetVersion } = verdict;
  const employer = [factSource('employer', facts.employerId)];
  const { name, meaning } = statusText(verdict.status, language);
  return [
    { kind: 'paragraph', text: `${words.to}: ${[legalName, address ?? []].flat().join(', ')}` },
    { kind: 'paragraph', text: words.about },
    statements(language, words.asked, [
      [words.name, { text: legalName }, employer],
      ...(npp === undefined ? [] : [[words.npp, { text: npp }, employer] as const]),
      ...(nib === undefined ? [] : [[words.nib, { text: nib }, employer] as const]),
      [words.asOf, { day: asOf }, []],
      [words.knownAt, { text: instantText(knownAt, language) }, []],
      [words.cutoff, { text: instantText(dataCutoff, language) }, []],
      [words.ruleset, { text: rulesetVersion }, []],
    ]),
    { kind: 'heading', level: 2, text: `${words.status}: ${name}` },
    { kind: 'paragraph', text: meaning },
  ];
}

/** The day in Jakarta, and the instant to ask again with. */
function instantText(instant: Instant, language: Language): string {
  return `${dayText(dayOf(new Date(instant)), language)} (${instant})`;
}

function validityBlocks({ verdict, language }: Explained): Block[] {
  const words = WORDS[language];
  const { validUntil } = verdict;
  const text = validUntil === null ? words.always : words.until(dayText(validUntil, language));
  return [
    { kind: 'heading', level: 2, text: words.valid },
    { kind: 'paragraph', text: `${text} ${words.again}` },
  ];
}

function objectionBlocks({ language }: Explained): Block[] {
  const { objecting, objection } = WORDS[language];
  return [
    { kind: 'heading', level: 2, text: objecting },
    { kind: 'paragraph', text: objection },
  ];
}
