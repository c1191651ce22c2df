import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** Folders and files from the inside out: each may import what stands on a line above it, and itself. */
const LAYERS = [
  ['domain'],
  ['law', 'db', 'personal-data', 'letters', 'config.ts', 'version.ts'],
  ['facts'],
  ['http'],
  ['registry'],
  ['imports'],
  ['features'],
  ['deps.ts'],
  ['sample'],
  ['app.ts'],
  ['serve.ts'],
  ['main.ts', 'cli'],
];

/** What folders show; the others are imported by file. */
const MOUTHS: Record<string, string[]> = {
  law: ['index.ts'],
  // The embedded database is loaded only where it is wanted, hence apart from the rest.
  db: ['index.ts', 'embedded.ts'],
  'personal-data': ['index.ts'],
  facts: ['index.ts'],
  letters: ['index.ts'],
  registry: ['index.ts'],
  imports: ['index.ts'],
};

/** Schemas of what several features show. */
const SHARED_BY_FEATURES = [
  'features/employers/employer.ts',
  'features/verdicts/verdict.ts',
  'features/verdicts/interval.ts',
  'features/checks/subject.ts',
  'features/declarations/declaration.ts',
  'features/evidence/evidence.ts',
  'features/evidence/evidence-faults.ts',
  'features/suspensions/plan.ts',
];

/** Libraries that could be replaced, and the places that would have to change for it. */
const AT_HOME: Record<string, string[]> = {
  'drizzle-orm': ['db/', 'http/oauth/', 'http/callers.ts', 'cli/'],
  pg: ['db/'],
  jose: ['http/'],
  'oidc-provider': ['http/oauth/'],
  '@prometheus-io/client': ['http/observation.ts'],
  yaml: ['law/', 'cli/openapi.ts'],
  mustache: ['letters/'],
  hucre: ['http/workbook.ts'],
};

const BANNED = /^(service|manager|helper|util|common|base|dto|impl)s?$/;
const FEWEST_FILES = 150;
const FEWEST_IMPORTS = 800;

type Import = { at: string; from: string; to: string; typeOnly: boolean };

const STATEMENT =
  /^(?:import|export)\b( type\b)?[^;'"`]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm;

const files = globSync('**/*.{ts,mjs}', { cwd: SRC }).map((file) => file.replaceAll('\\', '/'));
const imports = files.flatMap(importsOf);
const ours = imports.filter(({ to }) => files.includes(to));

describe('the architecture', () => {
  test('has been looked at', () => {
    expect(files.length).toBeGreaterThan(FEWEST_FILES);
    expect(imports.length).toBeGreaterThan(FEWEST_IMPORTS);
    expect(imports.filter(({ typeOnly }) => typeOnly).length).toBeGreaterThan(FEWEST_IMPORTS / 10);
    expect(new Set(files.map(part))).toEqual(new Set(LAYERS.flat()));
    expectNone(imports.filter(({ to }) => /^[#.]/.test(to) || (/\.ts$/.test(to) && !files.includes(to))));
    for (const library of ['drizzle-orm', 'pg', 'jose', 'yaml']) {
      expect(imports.map(({ to }) => to)).toContain(library);
    }
    const edge = (from: string, to: string) => ({ at: from, from, to, typeOnly: false });
    expect(cycles([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual(['b -> c -> b']);
  });

  test('has one direction', () => {
    // Use cases take all that they reach as one value, whose type names what it is made of.
    const takesDeps = ({ from, to, typeOnly }: Import) =>
      to === 'deps.ts' && typeOnly && layer(from) > layer('facts');
    expectNone(ours.filter((each) => layer(each.to) > layer(each.from) && !takesDeps(each)));
    expectNone(
      ours.filter((each) => layer(each.to) === layer(each.from) && part(each.to) !== part(each.from)),
    );
  });

  test('has a domain that imports nothing outside itself', () => {
    expectNone(imports.filter(({ from, to }) => part(from) === 'domain' && part(to) !== 'domain'));
  });

  test('has narrow mouths', () => {
    expectNone(
      ours.filter(({ from, to }) => {
        const mouths = MOUTHS[part(to)];
        return mouths && part(from) !== part(to) && !mouths.includes(to.slice(part(to).length + 1));
      }),
    );
  });

  test('has features that do not know each other', () => {
    const feature = (file: string) => posix.dirname(file);
    expectNone(
      ours.filter(
        ({ from, to }) =>
          from !== 'features/index.ts' &&
          part(from) === 'features' &&
          part(to) === 'features' &&
          feature(from) !== feature(to) &&
          !SHARED_BY_FEATURES.includes(to),
      ),
    );
  });

  test('has libraries at home in one place', () => {
    for (const [library, homes] of Object.entries(AT_HOME)) {
      const users = imports.filter(({ to, typeOnly }) => !typeOnly && `${to}/`.startsWith(`${library}/`));
      expectNone(users.filter(({ from }) => !homes.some((home) => from.startsWith(home))));
    }
  });

  test('has no cycles', () => {
    expect(cycles(ours)).toEqual([]);
  });

  test('has names that say what is inside', () => {
    const name = (file: string) => posix.basename(file).replace(/(\.d)?\.\w+$/, '');
    expect(files.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name(file)))).toEqual([]);
    const words = (file: string) =>
      [...posix.dirname(file).split('/'), name(file)].flatMap((each) => each.split('-'));
    expect(files.filter((file) => words(file).some((word) => BANNED.test(word)))).toEqual([]);
  });
});

function importsOf(file: string): Import[] {
  const text = readFileSync(posix.join(SRC, file), 'utf8');
  return [...text.matchAll(STATEMENT)].map((found) => {
    const named = found[2] ?? found[3] ?? found[4] ?? '';
    const line = text.slice(0, found.index).split('\n').length;
    return {
      at: `${file}:${line}`,
      from: file,
      to: named.startsWith('.') ? posix.join(posix.dirname(file), named) : named.replace(/^#src\//, ''),
      typeOnly: found[1] !== undefined,
    };
  });
}

/** The folder or file right under src that a file belongs to. */
function part(file: string): string {
  return file.split('/')[0] as string;
}

function layer(file: string): number {
  return LAYERS.findIndex((parts) => parts.includes(part(file)));
}

function expectNone(breaches: Import[]): void {
  expect(breaches.map(({ at, to }) => `${at} imports ${to}`)).toEqual([]);
}

/** Each way that leads from a file back to itself, found once. */
function cycles(edges: Import[]): string[] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file)) return;
    done.add(file);
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}
