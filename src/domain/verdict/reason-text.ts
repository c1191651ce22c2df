import { evidenceText } from '#src/domain/evidence-text.ts';
import {
  articleText,
  counted,
  dayText,
  type Language,
  listText,
  periodsText,
  rupiahText,
} from '#src/domain/language.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import type { Reason } from './reasons.ts';

/** What a sentence is filled with, as people read it. */
type Words = Record<
  'months' | 'amount' | 'programmes' | 'since' | 'sinceOldest' | 'until' | 'workers' | 'state' | 'evidence',
  string
>;
type Sentence = (words: Words) => string;

const SENTENCES: Record<ReasonCode, Record<Language, Sentence>> = {
  NOT_REGISTERED: {
    id: ({ evidence }) => `Pemberi kerja belum terdaftar di BPJS Ketenagakerjaan${evidence}`,
    en: ({ evidence }) => `The employer is not registered with BPJS Ketenagakerjaan${evidence}`,
  },
  ARREARS: {
    id: ({ months, amount, sinceOldest }) =>
      `Iuran ${months} sebesar ${amount} lewat jatuh tempo${sinceOldest}`,
    en: ({ months, amount, sinceOldest }) =>
      `Contributions for ${months} of ${amount} have been overdue${sinceOldest}`,
  },
  NOT_DECLARED: {
    id: ({ months, sinceOldest }) =>
      `Upah dan pekerja untuk ${months} belum dilaporkan; batas waktunya lewat${sinceOldest}`,
    en: ({ months, sinceOldest }) =>
      `Workers and wages for ${months} have not been declared; that has been overdue${sinceOldest}`,
  },
  PARTIAL_PROGRAMMES: {
    id: ({ workers, months, programmes }) =>
      `${workers} pekerja pada ${months} tidak diikutsertakan dalam program wajib ${programmes}`,
    en: ({ workers, months, programmes }) =>
      `${counted(Number(workers), 'worker')} in ${months} ${workers === '1' ? 'lacks' : 'lack'} the obligatory programmes ${programmes}`,
  },
  PARTIAL_WORKERS: {
    id: ({ workers, months, evidence }) =>
      `Sedikitnya ${workers} pekerja tidak didaftarkan pada ${months}${evidence}`,
    en: ({ workers, months, evidence }) =>
      `At least ${counted(Number(workers), 'worker')} ${workers === '1' ? 'is' : 'are'} not registered in ${months}${evidence}`,
  },
  PARTIAL_WAGES: {
    id: ({ workers, months, amount, evidence }) =>
      `Upah ${workers && `${workers} pekerja pada `}${months} dilaporkan ${amount && `sedikitnya ${amount} `}lebih rendah daripada yang dibayar${evidence}`,
    en: ({ workers, months, amount, evidence }) =>
      `Wages ${workers && `of ${counted(Number(workers), 'worker')} `}for ${months} are reported ${amount && `at least ${amount} `}lower than paid${evidence}`,
  },
  REVIEW_OPEN: {
    id: ({ since }) => `Sebuah instansi sedang meninjau pemberi kerja ini sejak ${since}`,
    en: ({ since }) => `An agency has been reviewing this employer since ${since}`,
  },
  LATE_PAID: {
    id: ({ months, amount }) => `Iuran ${months} dibayar terlambat; denda ${amount} belum dibayar`,
    en: ({ months, amount }) =>
      `Contributions for ${months} were paid late; a late charge of ${amount} is open`,
  },
  CLASS_UNCONFIRMED: {
    id: () => 'Kelompok risiko JKK belum ditetapkan oleh BPJS Ketenagakerjaan',
    en: () => 'The JKK risk class has not been decided by BPJS Ketenagakerjaan',
  },
  BELOW_TOLERANCE: {
    id: ({ months, amount }) => `Tunggakan ${months} sebesar ${amount} masih dalam batas toleransi`,
    en: ({ months, amount }) => `Arrears for ${months} of ${amount} are within the tolerance`,
  },
  PLAN: {
    id: ({ months, state }) => `Rencana pembayaran untuk ${months} ${state}`,
    en: ({ months, state }) => `The payment plan for ${months} ${state}`,
  },
  DISPUTE: {
    id: ({ state }) => `Sengketa ${state}`,
    en: ({ state }) => `A dispute ${state}`,
  },
  REGULARISATION_OPEN: {
    id: ({ since, until }) => `Undangan perbaikan tanggal ${since} berlaku sampai dengan ${until}`,
    en: ({ since, until }) => `An invitation of ${since} to put things right is open until ${until}`,
  },
  STALE_DATA: {
    id: ({ since }) => `Data pembayaran belum lengkap sejak ${since}`,
    en: ({ since }) => `Payment data has not been complete since ${since}`,
  },
  CLOSED: {
    id: ({ since }) => `Pemberi kerja menutup usahanya pada ${since}`,
    en: ({ since }) => `The employer closed on ${since}`,
  },
};

const STATES: Record<NonNullable<Reason['state']>, Record<Language, Sentence>> = {
  kept: {
    id: ({ since, amount, until }) =>
      `tanggal ${since} ditepati${until && `; sampai dengan ${until} masih harus dibayar ${amount}`}`,
    en: ({ since, amount, until }) =>
      `of ${since} is kept${until && `; by ${until}, ${amount} is still to be paid`}`,
  },
  fulfilled: { id: () => 'telah selesai dibayar', en: () => 'has run its course' },
  broken: {
    id: ({ since }) => `dilanggar sejak ${since}`,
    en: ({ since }) => `has been broken since ${since}`,
  },
  suspensive: {
    id: ({ since }) => `tanggal ${since} menangguhkan akibatnya sampai diputuskan`,
    en: ({ since }) => `of ${since} suspends the consequences until it is decided`,
  },
  open: {
    id: ({ since }) => `tanggal ${since} belum diputuskan dan tidak menangguhkan akibatnya`,
    en: ({ since }) => `of ${since} is not decided and suspends nothing`,
  },
  upheld: {
    id: ({ since }) => `diputuskan untuk pemberi kerja pada ${since}`,
    en: ({ since }) => `was decided for the employer on ${since}`,
  },
  rejected: { id: () => 'ditolak', en: () => 'was rejected' },
  withdrawn: { id: () => 'ditarik kembali', en: () => 'was withdrawn' },
};

/** Ends a sentence that rests on evidence. */
const BY: Record<Language, (kind: string, since: string, until: string) => string> = {
  id: (kind, since, until) => ` menurut ${kind} tanggal ${since}, yang diperhitungkan sampai dengan ${until}`,
  en: (kind, since, until) => `, by ${kind} of ${since}, which counts through ${until}`,
};

/** What evidence says of an employer that is not registered. */
const NOBODY: Record<Language, string> = { id: ', dan tidak memiliki pekerja', en: ', and has no workers' };

/** Of several months the day is that of the oldest. */
const SINCE: Record<Language, Record<'one' | 'several', string>> = {
  id: { one: ' sejak ', several: ', yang tertua sejak ' },
  en: { one: ' since ', several: ', the oldest since ' },
};

/** What a month shows that is declared with wages below a regional minimum. */
function belowMinimumText(
  { workers, months, amount }: Words,
  { regionName, regionCode, year, monthly }: NonNullable<Reason['minimumWage']>,
  language: Language,
): string {
  const region = `${regionName} (${regionCode})`;
  const minimum = rupiahText(monthly, language);
  return language === 'id'
    ? `${workers} pekerja pada ${months} dilaporkan dengan upah di bawah upah minimum ${region} tahun ${year} sebesar ${minimum}, seluruhnya kurang ${amount} sebulan`
    : `${counted(Number(workers), 'worker')} in ${months} ${workers === '1' ? 'is' : 'are'} declared with less than the minimum wage of ${region} for ${year} of ${minimum}, by ${amount} a month in all`;
}

/** What the reason rests on, as people read it; a policy that is no parameter is called by the reason's own title. */
export function reasonArticle(
  { reasons, policyTitles }: Pick<Law, 'reasons' | 'policyTitles'>,
  code: ReasonCode,
  language: Language,
  article = reasons[code].article,
): string {
  // It is in English that laws are cited here.
  if (language === 'en') return article;
  const key = `${code} ${article}`;
  const known = inIndonesian(policyTitles);
  let text = known.get(key);
  if (text === undefined) {
    const { title } = reasons[code];
    const citations = article.split('; ');
    text = citations.map((each) => articleText(each, language, policyTitles.get(each) ?? title)).join('; ');
    known.set(key, text);
  }
  return text;
}

/** What has been said of a law's articles: every verdict says it, and a law has few. */
const SAID = new WeakMap<Law['policyTitles'], Map<string, string>>();

function inIndonesian(policyTitles: Law['policyTitles']): Map<string, string> {
  let said = SAID.get(policyTitles);
  if (!said) {
    said = new Map();
    SAID.set(policyTitles, said);
  }
  return said;
}

/** One sentence that says what a reason rests on: its months, amount, days and article. */
export function reasonText(
  reason: Reason,
  law: Pick<Law, 'reasons' | 'policyTitles'>,
  language: Language,
): string {
  const { periods = [] } = reason;
  const since = dayText(reason.since, language);
  const words: Words = {
    months: periodsText(periods, language),
    // Evidence does not tell each amount.
    amount: reason.evidence && reason.amount === undefined ? '' : rupiahText(reason.amount ?? 0, language),
    programmes: listText(reason.programmes ?? [], language),
    since,
    sinceOldest: `${SINCE[language][periods.length > 1 ? 'several' : 'one']}${since}`,
    until: reason.until === undefined ? '' : dayText(reason.until, language),
    workers: reason.workers === undefined ? '' : String(reason.workers),
    state: '',
    evidence: '',
  };
  if (reason.evidence) {
    const by = BY[language](evidenceText(reason.evidence, language), since, words.until);
    words.evidence = reason.code === 'NOT_REGISTERED' ? `${NOBODY[language]}${by}` : by;
  }
  if (reason.state) words.state = STATES[reason.state][language](words);
  const sentence = reason.minimumWage
    ? belowMinimumText(words, reason.minimumWage, language)
    : SENTENCES[reason.code][language](words);
  return `${sentence} (${reasonArticle(law, reason.code, language, reason.article)}).`;
}
