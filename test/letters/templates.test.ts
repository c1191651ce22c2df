import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { regularisationLetter } from '#src/domain/letters/regularisation-letter.ts';
import { LetterTemplateError, openLetters } from '#src/letters/index.ts';
import { SHAPES } from '#src/letters/shapes.ts';
import { letterFacts, SENDER } from './views.ts';

const TEMPLATES = fileURLToPath(new URL('../../src/letters/templates', import.meta.url));
const FIRST_DAY = '2026-11-21';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patuh-letters-'));
  cpSync(TEMPLATES, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const invitation = {
  id: 'i',
  kind: 'regularisation',
  invitedOn: '2026-11-20',
  deadline: '2026-12-04',
  recordedAt: '2026-11-20T06:00:00.000Z',
} as const;
const view = (legalName?: string) =>
  regularisationLetter(letterFacts(legalName === undefined ? {} : { legalName }), SENDER, invitation);

test.each([
  ['an unknown name', 'a\n{{salary}}', ':2: there is no name "salary" here'],
  ['a name that another place has', '{{sentence}}', ':1: there is no name "sentence" here'],
  ['a name of what every object has', '{{constructor}}', ':1: there is no name "constructor" here'],
  ['a path that leads nowhere', '{{employer.wage}}', ':1: there is no name "employer.wage" here'],
  ['an unknown section', '{{#unknown}}{{/unknown}}', ':1: there is no name "unknown" here'],
  ['an unknown inverted section', '{{^unknown}}{{/unknown}}', ':1: there is no name "unknown" here'],
  ['a list as text', '{{breaches}}', ':1: "breaches" is not a text that can be printed'],
  ['a whole object as text', '{{employer}}', ':1: "employer" is not a text that can be printed'],
  [
    'a flag as text',
    '{{#arrears}}{{#months}}{{presumed}}{{/months}}{{/arrears}}',
    ':1: "presumed" is not a text that can be printed',
  ],
  ['three braces', '{{{agency}}}', ':1: "agency" must stand in two braces and no more'],
  ['an ampersand', '\n\n{{&agency}}', ':3: "agency" must stand in two braces and no more'],
  ['other braces', '{{=<% %>=}}<% agency %>', ':1: "<% %>" must stand in two braces and no more'],
  ['an unknown part', '{{> footer}}', ':1: there is no part "_footer.html"'],
  ['a section without an end', '\n{{#breaches}}', ':2: Unclosed section "breaches" at 14'],
  ['an end without a section', '{{/breaches}}', ':1: Unopened section "breaches" at 0'],
  ['a tag without an end', '{{agency', ':1: Unclosed tag at 8'],
])('%s is refused with the file and the line', (_what, text, message) => {
  write(`${FIRST_DAY}/first_warning.html`, text);
  const refused = new LetterTemplateError(`${FIRST_DAY}/first_warning.html${message}`);
  expect(() => openLetters(folder)).toThrow(refused);
});

test('what a part names is refused where it stands, as the part', () => {
  write(`${FIRST_DAY}/_employer.html`, '<p>\n{{employer.nik}}</p>');
  expect(() => openLetters(folder)).toThrow(`${FIRST_DAY}/_employer.html:2: there is no name "employer.nik"`);
});

test('a part that includes itself is refused', () => {
  write(`${FIRST_DAY}/_employer.html`, '{{> objection}}');
  write(`${FIRST_DAY}/_objection.html`, '{{> employer}}');
  expect(() => openLetters(folder)).toThrow('the part "employer" includes itself');
});

test('a letter without a template, a stray file and a stray folder are refused', () => {
  rmSync(join(folder, FIRST_DAY, 'tmp2t_lifted.html'));
  expect(() => openLetters(folder)).toThrow(`${FIRST_DAY}/tmp2t_lifted.html: the template is missing`);
  write(`${FIRST_DAY}/tmp2t_lifted.html`, '');
  expect(() => openLetters(folder)).not.toThrow();
  write(`${FIRST_DAY}/teguran.html`, '');
  expect(() => openLetters(folder)).toThrow(`${FIRST_DAY}/teguran.html: there is no letter "teguran"`);
  rmSync(join(folder, FIRST_DAY, 'teguran.html'));
  write('2027-02-30/first_warning.html', '');
  expect(() => openLetters(folder)).toThrow('2027-02-30: the folder is not named by a day');
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  expect(() => openLetters(folder)).toThrow('there is no folder of templates');
});

test('a later folder changes the letters that are recorded from its day on, and only what it holds', () => {
  write('2027-01-01/regularisation.html', 'Baru: {{employer.name}}{{> objection}}');
  const before = openLetters(TEMPLATES).print('regularisation', view(), '2026-12-31');
  const letters = openLetters(folder);
  expect(letters.print('regularisation', view(), '2026-12-31')).toBe(before);
  expect(letters.print('regularisation', view(), '2015-07-01')).toBe(before);
  const later = letters.print('regularisation', view(), '2027-01-01');
  expect(later).toMatch(/^Baru: PT Uji/);
  expect(later).toContain('keberatan');
});

test('what a view holds is escaped, wherever it stands', () => {
  const evil = `<script>alert("1")</script> & 'Putra' {{agency}}`;
  const page = openLetters(TEMPLATES).print('regularisation', view(evil), FIRST_DAY);
  expect(page).not.toContain('<script');
  expect(page).not.toContain(`'Putra'`);
  expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(1);
  expect(page).toContain('{{agency}}');
});

test('a page prints on A4 and needs nothing else', () => {
  const page = openLetters(TEMPLATES).print('regularisation', view(), FIRST_DAY);
  expect(page).toContain('@page { size: A4;');
  expect(page).toMatch(/^<!doctype html>\n<html lang="id">/);
  expect(page).not.toMatch(/<(script|link|img|iframe)|https?:|url\(/);
});

test('the guide for lawyers lists each name of each letter, and no other', () => {
  const guide = readFileSync(join(TEMPLATES, 'README.md'), 'utf8');
  const listed = new Set(
    [...guide.matchAll(/^\| `([a-zA-Z\d.]+)` +\|/gm)]
      .map(([, name]) => name!)
      .filter((name) => !name.endsWith('.html')),
  );
  const namesOf = (shape: unknown, path: string): string[] => {
    if (typeof shape === 'string') return [path];
    const element = Array.isArray(shape) ? shape[0] : shape;
    if (typeof element === 'string') return [path];
    const inner = Object.entries(element as object).flatMap(([name, each]) =>
      namesOf(each, path === '' ? name : `${path}.${name}`),
    );
    return inner;
  };
  const names = Object.values(SHAPES).flatMap((shape) => namesOf(shape, ''));
  expect([...listed].sort()).toEqual([...new Set(names)].sort());
  const files = readdirSync(join(TEMPLATES, FIRST_DAY));
  for (const file of files) expect(guide).toContain(`\`${file}\``);
});
