import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Day, isDay } from '#src/domain/civil.ts';
import { PAGE_STYLE } from '#src/domain/explanation/letter-html.ts';
import { type LetterName, type LetterViews, SHAPES } from './shapes.ts';
import { checkTemplate, fillTemplate, LetterTemplateError, type TemplateText } from './template.ts';

/** Prints letters from the templates that lawyers wrote. */
export type Letters = {
  /** The letter as a page of HTML, by the template in force on the day on which it was recorded. */
  print<Name extends LetterName>(name: Name, view: LetterViews[Name], recordedOn: Day): string;
};

type Templates = ReadonlyMap<string, TemplateText>;

const FOLDER = fileURLToPath(new URL('./templates', import.meta.url));
const NAMES = Object.keys(SHAPES) as LetterName[];

/** The look of every printed page, as a part that needs no file. */
const STYLE: TemplateText = { file: 'style', text: `<meta charset="utf-8">\n<style>${PAGE_STYLE}</style>\n` };

/**
 * Reads the templates of every letter: a folder for each day from which some of them hold, what it lacks is as in the
 * folder before. Throws {@link LetterTemplateError} where a letter has none, or one that cannot be printed.
 */
export function openLetters(folder: string = FOLDER): Letters {
  const days = daysIn(folder);
  let files: Templates = new Map();
  const sets = days.map((day) => {
    files = new Map([...files, ...readTemplates(folder, day)]);
    return { day, ...checked(files, day) };
  });
  const [first] = sets;
  if (!first) throw new LetterTemplateError(`${folder}: there is no folder of templates named by a day`);
  return {
    print(name, view, recordedOn) {
      const { letters, parts } = sets.findLast(({ day }) => day <= recordedOn) ?? first;
      return fillTemplate(letters.get(name)!, view, parts);
    },
  };
}

function daysIn(folder: string): Day[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const stray = folders.find(({ name }) => !isDay(name));
  if (stray) throw new LetterTemplateError(`${stray.name}: the folder is not named by a day, YYYY-MM-DD`);
  return folders.map(({ name }) => name).sort();
}

function readTemplates(folder: string, day: Day): Templates {
  const names = readdirSync(join(folder, day)).filter((name) => name.endsWith('.html'));
  return new Map(
    names.map((name) => [
      name,
      { file: `${day}/${name}`, text: readFileSync(join(folder, day, name), 'utf8') },
    ]),
  );
}

function checked(files: Templates, day: Day): { letters: Templates; parts: Templates } {
  const letters = new Map<string, TemplateText>();
  const parts = new Map<string, TemplateText>([['style', STYLE]]);
  for (const [file, template] of files) {
    const name = file.replace(/\.html$/, '');
    if (name.startsWith('_')) parts.set(name.slice(1), template);
    else if (Object.hasOwn(SHAPES, name)) letters.set(name, template);
    else throw new LetterTemplateError(`${template.file}: there is no letter "${name}"`);
  }
  for (const name of NAMES) {
    const template = letters.get(name);
    if (!template) throw new LetterTemplateError(`${day}/${name}.html: the template is missing`);
    checkTemplate(template, SHAPES[name], parts);
  }
  return { letters, parts };
}
