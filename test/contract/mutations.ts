import type { Schema } from './operations.ts';

/** A body that is wrong in one place. */
export type Mutation = {
  what: string;
  /** The place, as a JSON pointer. */
  pointer: string;
  body: unknown;
};

type Settings = {
  /** Follows references. */
  resolve: (schema: Schema) => Schema;
  /** Pointers of fields in which every text is a right one. */
  anyText: readonly string[];
};

const STRAY = 'strayField';
/** Longer lists than this are not worth their bytes. */
const MOST_ITEMS = 10_000;
const HUGE = 1e30;

/** Every way in which a right body can be wrong by its schema in one place; it must hold every field once. */
export function mutationsOf(schema: Schema, right: unknown, settings: Settings): Mutation[] {
  return [...mutate(schema, right, '', settings)];
}

function* mutate(given: Schema, right: unknown, pointer: string, settings: Settings): Generator<Mutation> {
  const { schema, nullable } = concrete(given, right, settings.resolve);
  const wrong = (what: string, body: unknown, at = pointer): Mutation => ({ what, pointer: at, body });
  if (!nullable) yield wrong('null', null);
  for (const [what, body] of otherTypes(schema)) yield wrong(what, body);
  if (schema.type === 'object') {
    const value = right as Record<string, unknown>;
    yield wrong('an unknown field', { ...value, [STRAY]: 1 }, `${pointer}/${STRAY}`);
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      if (!(name in value)) throw new Error(`the right body lacks ${pointer}/${name}`);
      const { [name]: _, ...without } = value;
      if (schema.required?.includes(name)) yield wrong('a missing field', without, `${pointer}/${name}`);
      for (const { body, ...mutation } of mutate(inner, value[name], `${pointer}/${name}`, settings)) {
        yield { ...mutation, body: { ...value, [name]: body } };
      }
    }
  } else if (schema.type === 'array') {
    const items = right as unknown[];
    if (schema.minItems) yield wrong('too few items', []);
    if (schema.maxItems !== undefined && schema.maxItems <= MOST_ITEMS) {
      yield wrong('too many items', Array(schema.maxItems + 1).fill(items[0]));
    }
    for (const { body, ...mutation } of mutate(schema.items!, items[0], `${pointer}/0`, settings)) {
      yield { ...mutation, body: [body, ...items.slice(1)] };
    }
  } else {
    for (const [what, body] of wrongScalars(schema, settings.anyText.includes(pointer)))
      yield wrong(what, body);
  }
}

/** The schema without its null, of several the one that the right value says it has, and whether it had a null. */
function concrete(
  given: Schema,
  right: unknown,
  resolve: Settings['resolve'],
): { schema: Schema; nullable: boolean } {
  const schema = resolve(given);
  if (schema.oneOf) {
    const value = right as Record<string, unknown>;
    const says = ({ properties = {} }: Schema) =>
      Object.entries(properties).every(([name, each]) => [undefined, value[name]].includes(each.const));
    return { schema: schema.oneOf.map(resolve).find(says)!, nullable: false };
  }
  const alternatives = (schema.anyOf ?? [schema]).map(resolve);
  return {
    schema: alternatives.find(({ type }) => type !== 'null')!,
    nullable: alternatives.some(({ type }) => type === 'null'),
  };
}

function otherTypes({ type }: Schema): [what: string, value: unknown][] {
  const samples: [string, string, unknown][] = [
    ['string', 'a text', '7'],
    ['number', 'a number', 7],
    ['boolean', 'a boolean', true],
    ['array', 'an array', []],
    ['object', 'an object', {}],
  ];
  const own = type === 'integer' ? 'number' : type;
  return samples.flatMap(([each, what, value]) => (each === own ? [] : [[what, value]]));
}

function wrongScalars(schema: Schema, anyText: boolean): [what: string, value: unknown][] {
  const { type, minimum, maximum, maxLength, minLength, pattern, format } = schema;
  if (type === 'integer' || type === 'number') {
    return [
      ...(type === 'integer' ? [['a fraction', 1.5] as [string, number]] : []),
      ['far too much', HUGE],
      ['far too little', -HUGE],
      ...(minimum === undefined ? [] : [['too little', minimum - 1] as [string, number]]),
      ...(maximum === undefined ? [] : [['too much', maximum + 1] as [string, number]]),
    ];
  }
  if (type !== 'string' || anyText) return [];
  const chosen = schema.enum !== undefined || schema.const !== undefined;
  const shaped = chosen || pattern !== undefined || format !== undefined;
  return [
    ...(minLength || shaped ? [['an empty text', ''] as [string, string]] : []),
    ...(minLength || shaped ? [['blanks', '  \t '] as [string, string]] : []),
    ...(shaped ? [['nonsense', 'nonsense'] as [string, string]] : []),
    ['a text too long', 'a'.repeat((maxLength ?? 5_000) + 1)],
    ['NUL', 'a\0b'],
    ['a line break', 'a\nb'],
    ['a lone surrogate', 'a\ud800b'],
  ];
}
