import { parseArgs } from 'node:util';
import { type Certainty, certaintyLegend, certaintyText } from '#src/domain/certainty.ts';
import { type Day, dayOf, isPeriod, onDay, type Period } from '#src/domain/civil.ts';
import { articleText, type Language } from '#src/domain/language.ts';
import {
  citation,
  differencesBetween,
  type LawParameter,
  type LoadedLaw,
  loadLaw,
  type ParameterState,
  stateOn,
  valueText,
} from '#src/law/index.ts';
import type { Command } from './command.ts';
import { Refusal } from './refusal.ts';
import { detailsText } from './rules-details.ts';
import { OTHER_RULES } from './rules-others.ts';
import { renewUnderRules } from './rules-renew.ts';
import { tableText } from './table.ts';

const STATES: Record<Exclude<ParameterState['state'], 'in_force'>, Record<Language, string>> = {
  ended: { id: '(berakhir)', en: '(ended)' },
  not_begun: { id: '(belum berlaku)', en: '(not begun)' },
  not_published: { id: '(belum ditetapkan, atau belum tercatat)', en: '(not published, or not entered)' },
};
const HEADINGS: Record<
  Language,
  [name: string, value: string, since: string, article: string, certainty: string]
> = {
  id: ['Parameter', 'Nilai', 'Sejak', 'Pasal', 'Kepastian'],
  en: ['Parameter', 'Value', 'Since', 'Article', 'Certainty'],
};
const WIDE = 44;
/** So many parameters are shown with all that is known of them. */
const FEW = 5;

export const command: Command = {
  usage: `patuh rules [<beginning of ids>] [--on <YYYY-MM>] [--verbose] [--lang id|en]
patuh rules diff <YYYY-MM> <YYYY-MM> [--lang id|en]
patuh rules calendar|reasons|check-policy|placement-policy [--lang id|en]
    the law that this release came with: every parameter today or in a month, with all values and sources where five
    or fewer match or --verbose is given; what two months differ in; or what is no parameter
patuh rules renew
    puts this law in force and computes anew what is stored under another one, beside services that run`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        on: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        lang: { type: 'string', default: 'en' },
      },
      allowPositionals: true,
    });
    const { lang, on, verbose } = values;
    if (lang !== 'id' && lang !== 'en') throw new Refusal('--lang takes id or en');
    const [first = '', ...more] = positionals;
    if (first === 'renew' && args.length === 1) return renewUnderRules();
    const law = loadLaw();
    const show = (text: string, when = '') =>
      process.stdout.write(`${headline(law.version, lang)}${when}\n\n${text}`);
    const other = OTHER_RULES[first];
    if (other && on === undefined && more.length === 0) show(other(law, lang));
    else if (first === 'diff' && on === undefined && more.length === 2)
      show(differencesText(law, more, lang));
    else if (!other && first !== 'diff' && more.length === 0) {
      const day = on === undefined ? dayOf(new Date()) : onDay(monthOf(law, on), 1);
      show(parametersText(law, first, day, { language: lang, verbose }), `, ${day}`);
    } else throw new Refusal(command.usage);
  },
};

function parametersText(
  { parameters }: LoadedLaw,
  beginning: string,
  day: Day,
  { language, verbose }: { language: Language; verbose: boolean },
): string {
  const shown = parameters.filter(({ id }) => id.startsWith(beginning));
  if (shown.length === 0) throw new Refusal(`there is no parameter whose id begins with '${beginning}'`);
  const columns = HEADINGS[language].map((heading) => ({ heading, width: WIDE }));
  const rows = shown.map((parameter) => {
    const held = stateOn(parameter, day);
    const { from = '', basis } = 'entry' in held ? held.entry : {};
    return [
      nameText(parameter, language),
      stateText(parameter, held, language),
      from,
      basis ? articleText(citation(basis), language, parameter.title) : '',
      basis ? certaintyText(basis.status, language) : '',
    ];
  });
  const detailed = verbose || shown.length <= FEW;
  const used = shown.flatMap((parameter): Certainty[] => {
    if (detailed) return parameter.values.map(({ basis }) => basis.status);
    const held = stateOn(parameter, day);
    return 'entry' in held ? [held.entry.basis.status] : [];
  });
  return [
    tableText(columns, rows),
    ...(detailed ? shown.map((parameter) => detailsText(parameter, language)) : []),
    `${certaintyLegend(used, language).join('\n')}\n`,
  ].join('\n');
}

function differencesText(law: LoadedLaw, months: readonly string[], language: Language): string {
  const [from, to] = months.map((month) => monthOf(law, month)) as [Period, Period];
  const columns = [HEADINGS[language][0], from, to].map((heading) => ({ heading, width: WIDE }));
  const rows = differencesBetween(law.parameters, from, to).map((difference) => [
    nameText(difference.parameter, language),
    ...[difference.from, difference.to].map((held) => citedText(difference.parameter, held, language)),
  ]);
  const none = { id: 'Tidak ada perbedaan.', en: 'There is no difference.' }[language];
  return rows.length === 0 ? `${none}\n` : tableText(columns, rows);
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
  if (!('entry' in held)) return said;
  return `${said}\n${articleText(citation(held.entry.basis), language, parameter.title)}`;
}

function monthOf({ firstPeriod }: LoadedLaw, text: string): Period {
  if (!isPeriod(text)) throw new Refusal(`'${text}' is no month: 2026-10 is one`);
  if (text < firstPeriod) throw new Refusal(`no law is entered for ${text}: it begins with ${firstPeriod}`);
  return text;
}
