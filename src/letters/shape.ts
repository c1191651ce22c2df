/**
 * Which names a view has, so that a template can be read before there is anything to print: `text` can be printed,
 * `flag` only be asked, a list is the shape of its elements in brackets.
 */
export type Shape = 'text' | 'flag' | readonly [Shape] | { readonly [name: string]: Shape };

/** The one shape that fits a view: a name that the view gains or loses does not compile here. */
export type ShapeOf<View> = [View] extends [boolean]
  ? 'flag'
  : [View] extends [string]
    ? 'text'
    : [View] extends [readonly (infer Each)[]]
      ? readonly [ShapeOf<Each>]
      : { readonly [Name in keyof View]-?: ShapeOf<NonNullable<View[Name]>> };

/** What a name means where these contexts are open, the innermost last; undefined if it means nothing. */
export function shapeAt(contexts: readonly Shape[], name: string): Shape | undefined {
  if (name === '.') return contexts.at(-1);
  const path = name.split('.');
  const found = contexts.map((context) => follow(context, path));
  return found.findLast((shape) => shape !== undefined);
}

function follow(context: Shape, path: readonly string[]): Shape | undefined {
  let shape: Shape | undefined = context;
  for (const name of path) {
    if (shape === undefined || typeof shape === 'string' || isList(shape)) return undefined;
    shape = Object.hasOwn(shape, name) ? shape[name] : undefined;
  }
  return shape;
}

export function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
