import { parseArgs } from 'node:util';
import { type Day, dayOf, isPeriod, onDay, type Period } from '#src/domain/civil.ts';
import type { Language } from '#src/domain/language.ts';
import {
  citation,
  differencesBetween,
  type LawParameter,
  type LoadedLaw,
  loadLaw,
  type ParameterState,
  stateOn,
} from '#src/law/index.ts';
import type { Command } from './command.ts';
import { Refusal } from './refusal.ts';
import { tableText } from './table.ts';
import { valueText } from './value-text.ts';

const STATES: Record<Exclude<ParameterState['state'], 'in_force'>, Record<Language, string>> = {
  repealed: { id: '(tidak berlaku lagi)', en: '(repealed)' },
  not_begun: { id: '(belum berlaku)', en: '(not begun)' },
  not_published: { id: '(belum ditetapkan)', en: '(not published)' },
};
const HEADINGS: Record<
  Language,
  [name: string, value: string, since: string, article: string, status: string]
> = {
  id: ['Parameter', 'Nilai', 'Sejak', 'Pasal', 'Status'],
  en: ['Parameter', 'Value', 'Since', 'Article', 'Status'],
};
const WIDE = 44;

export const command: Command = {
  usage: `patuh rules [<beginning of ids>] [--on <YYYY-MM>] [--lang id|en]
patuh rules diff <YYYY-MM> <YYYY-MM> [--lang id|en]
    the law that this release came with: every parameter today or in a month, or what two months differ in`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { on: { type: 'string' }, lang: { type: 'string', default: 'en' } },
      allowPositionals: true,
    });
    const { lang, on } = values;
    if (lang !== 'id' && lang !== 'en') throw new Refusal('--lang takes id or en');
    const [first = '', ...more] = positionals;
    const law = loadLaw();
    if (first === 'diff' && on === undefined && more.length === 2) showDifferences(law, more, lang);
    else if (first !== 'diff' && more.length === 0) {
      const day = on === undefined ? dayOf(new Date()) : onDay(monthOf(law, on), 1);
      showParameters(law, first, day, lang);
    } else throw new Refusal(command.usage);
  },
};

function showParameters(
  { parameters, version }: LoadedLaw,
  beginning: string,
  day: Day,
  language: Language,
): void {
  const shown = parameters.filter(({ id }) => id.startsWith(beginning));
  if (shown.length === 0) throw new Refusal(`there is no parameter whose id begins with '${beginning}'`);
  const [name, value, since, article, status] = HEADINGS[language];
  const columns = [
    { heading: name, width: WIDE },
    { heading: value, width: WIDE },
    { heading: since, width: WIDE },
    { heading: article, width: WIDE },
    { heading: status, width: WIDE },
  ];
  const rows = shown.map((parameter) => {
    const held = stateOn(parameter, day);
    const { from = '', basis } = 'entry' in held ? held.entry : {};
    return [
      nameText(parameter, language),
      stateText(parameter, held, language),
      from,
      basis ? citation(basis) : '',
      basis?.status ?? '',
    ];
  });
  process.stdout.write(`${headline(version, language)}, ${day}\n\n${tableText(columns, rows)}`);
}

function showDifferences(law: LoadedLaw, months: readonly string[], language: Language): void {
  const { parameters, version } = law;
  const [from, to] = months.map((month) => monthOf(law, month)) as [Period, Period];
  const columns = [HEADINGS[language][0], from, to].map((heading) => ({ heading, width: WIDE }));
  const rows = differencesBetween(parameters, from, to).map((difference) => [
    nameText(difference.parameter, language),
    ...[difference.from, difference.to].map((held) => citedText(difference.parameter, held, language)),
  ]);
  const none = { id: 'Tidak ada perbedaan.', en: 'There is no difference.' }[language];
  const body = rows.length === 0 ? `${none}\n` : tableText(columns, rows);
  process.stdout.write(`${headline(version, language)}\n\n${body}`);
}

function headline(version: string, language: Language): string {
  return `${{ id: 'Perangkat aturan', en: 'Ruleset' }[language]} ${version}`;
}

function nameText({ id, title }: LawParameter, language: Language): string {
  return `${id}\n${title[language]}`;
}

function stateText({ unit }: LawParameter, held: ParameterState, language: Language): string {
  return held.state === 'in_force'
    ? valueText(unit, held.entry.value, language)
    : STATES[held.state][language];
}

function citedText(parameter: LawParameter, held: ParameterState, language: Language): string {
  const said = stateText(parameter, held, language);
  return 'entry' in held ? `${said}\n${citation(held.entry.basis)}` : said;
}

function monthOf({ firstPeriod }: LoadedLaw, text: string): Period {
  if (!isPeriod(text)) throw new Refusal(`'${text}' is no month: 2026-10 is one`);
  if (text < firstPeriod) throw new Refusal(`no law is entered for ${text}: it begins with ${firstPeriod}`);
  return text;
}
