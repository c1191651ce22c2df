import { addPeriods, type Day, type Period } from './civil.ts';
import { type Ppm, percentOfPpm, type Rupiah } from './money.ts';

/** Languages of what people read: Indonesian and English. */
export type Language = 'id' | 'en';

const GROUPS = /\B(?=(\d{3})+$)/g;

/** An amount as people read it: `Rp 10.000.000` in Indonesian, `Rp 10,000,000` in English. */
export function rupiahText(amount: Rupiah, language: Language): string {
  return `Rp ${String(amount).replace(GROUPS, language === 'id' ? '.' : ',')}`;
}

/** A rate as people read it: `0,89 %` in Indonesian, `0.89 %` in English. */
export function percentText(rate: Ppm, language: Language): string {
  const percent = percentOfPpm(rate);
  return `${language === 'id' ? percent.replace('.', ',') : percent} %`;
}

const MONTHS: Record<Language, readonly string[]> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** A contribution month as people read it: `Oktober 2026`. */
export function periodText(period: Period, language: Language): string {
  return `${MONTHS[language][Number(period.slice(5)) - 1]} ${period.slice(0, 4)}`;
}

/** A day as people read it: `16 Oktober 2026`. */
export function dayText(day: Day, language: Language): string {
  return `${Number(day.slice(8))} ${periodText(day.slice(0, 7), language)}`;
}

/** Contribution months, oldest first, as people read them; three and more in a row as from the first to the last. */
export function periodsText(periods: readonly Period[], language: Language): string {
  const parts: string[] = [];
  for (let first = 0; first < periods.length; ) {
    let last = first;
    while (periods[last + 1] === addPeriods(periods[last]!, 1)) last += 1;
    const [from, to] = [periods[first]!, periods[last]!].map((each) => periodText(each, language));
    if (last - first < 2) parts.push(...(first === last ? [from!] : [from!, to!]));
    else parts.push(`${from} ${language === 'id' ? 'sampai' : 'to'} ${to}`);
    first = last + 1;
  }
  return listText(parts, language);
}

/** A number with its noun in English: `1 worker`, `2 workers`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** `a, b dan c`. */
export function listText(parts: readonly string[], language: Language): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${language === 'id' ? 'dan' : 'and'} ${parts.at(-1)}`;
}

/** Words of citations, which are written in English, as Indonesian lawyers write them. */
const CITATION_WORDS: readonly (readonly [english: RegExp, indonesian: string])[] = [
  [/\bname and article not confirmed\b/, 'nama dan pasalnya belum dipastikan'],
  [/\barticle not confirmed\b/, 'pasalnya belum dipastikan'],
  [/\bRegulation before\b/, 'Peraturan sebelum'],
  [/\bJoint decree \(SKB\)/, 'SKB'],
  [/\bas amended by\b/, 'sebagaimana diubah dengan'],
  [/\bamended by\b/, 'diubah dengan'],
  [/\bas inserted by\b/, 'yang disisipkan dengan'],
  [/\bas BPJS Ketenagakerjaan explains it\b/, 'menurut penjelasan BPJS Ketenagakerjaan'],
  [/(\bAnnex \(Lampiran\)|\bannex)(?= |$)/, 'Lampiran'],
];

/** An article, or two that are a range, with paragraphs and a letter: `29(3)-(4)`, `16(1)c`, `35-36`. */
const PLACE = /(\d+[A-Z]?)(?:-(\d+[A-Z]?))?(?:\((\d+)\)(?:-\((\d+)\))?)?([a-z]\b)?/;
/** Articles that are cited together: `16 and 18`. */
const PLACES = /\barts?\. (\d[\w()-]*(?: and \d[\w()-]*)*)/g;

/**
 * Where the law says so, as people read it: `PP 44/2015 art. 16(1)c` is `PP 44/2015 Pasal 16 ayat (1) huruf c` in
 * Indonesian, and a policy of Patuh is called by its title there. Several citations stand apart by semicolons.
 */
export function articleText(article: string, language: Language, title?: Record<Language, string>): string {
  if (language === 'en') return article;
  const key = `${article}\n${title?.id ?? ''}`;
  let translated = TRANSLATED.get(key);
  if (translated === undefined) {
    translated = article
      .split('; ')
      .map((citation) => citationText(citation, title))
      .join('; ');
    TRANSLATED.set(key, translated);
  }
  return translated;
}

/** Citations come from the law's files, some hundred in all, and are in every verdict. */
const TRANSLATED = new Map<string, string>();

function citationText(citation: string, title: Record<Language, string> | undefined): string {
  if (/^Patuh policy/.test(citation)) return title ? `kebijakan Patuh “${title.id}”` : 'kebijakan Patuh';
  const translated = CITATION_WORDS.reduce((text, [from, to]) => text.replace(from, to), citation);
  return translated.replace(PLACES, (_, places: string) =>
    places.split(' and ').map(placeText).join(' dan '),
  );
}

/** `16(1)c` as `Pasal 16 ayat (1) huruf c`, `29(3)-(4)` and `35-36` with both ends. */
function placeText(place: string): string {
  const [, first, last, from, to, letter] = PLACE.exec(place)!;
  return [
    `Pasal ${first}`,
    ...(last === undefined ? [] : [`${rangeWord(first!, last)} Pasal ${last}`]),
    ...(from === undefined ? [] : [`ayat (${from})`]),
    ...(to === undefined ? [] : [`${rangeWord(from!, to)} ayat (${to})`]),
    ...(letter === undefined ? [] : [`huruf ${letter}`]),
  ].join(' ');
}

function rangeWord(first: string, last: string): string {
  return Number(last) - Number(first) === 1 ? 'dan' : 'sampai dengan';
}
