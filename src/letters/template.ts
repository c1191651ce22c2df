import Mustache from 'mustache';
import { escapeHtml } from '#src/domain/explanation/letter-html.ts';
import { isList, type Shape, shapeAt } from './shape.ts';

/** A template that cannot be printed. The message says file, line and what is wrong. */
export class LetterTemplateError extends Error {
  readonly code = 'letter_template_refused';
}

type Token = [type: string, value: string, start: number, end: number, inner?: Token[]];

/** A template with what its messages call it. */
export type TemplateText = { file: string; text: string };

/**
 * Reads a template as it will be printed, with the parts that it includes; throws {@link LetterTemplateError} where it
 * does not parse, names what its view does not have, or would print something unescaped.
 *
 * @param parts by name
 */
export function checkTemplate(
  template: TemplateText,
  shape: Shape,
  parts: ReadonlyMap<string, TemplateText>,
): void {
  const visit = (part: TemplateText, contexts: readonly Shape[], path: readonly string[]) => {
    const refuse = (start: number, what: string): never => {
      const line = part.text.slice(0, start).split('\n').length;
      throw new LetterTemplateError(`${part.file}:${line}: ${what}`);
    };
    const walk = (tokens: readonly Token[], open: readonly Shape[]): void => {
      for (const [type, name, start, , inner = []] of tokens) {
        if (type === 'text' || type === '!') continue;
        if (type === '>') {
          const included = parts.get(name);
          if (!included) return refuse(start, `there is no part "_${name}.html"`);
          if (path.includes(name)) return refuse(start, `the part "${name}" includes itself`);
          visit(included, open, [...path, name]);
          continue;
        }
        if (type === '&' || type === '=')
          return refuse(start, `"${name}" must stand in two braces and no more`);
        const meant = shapeAt(open, name);
        if (meant === undefined) return refuse(start, `there is no name "${name}" here`);
        if (type === 'name' && meant !== 'text')
          return refuse(start, `"${name}" is not a text that can be printed`);
        if (type === '#') walk(inner, [...open, isList(meant) ? meant[0] : meant]);
        if (type === '^') walk(inner, open);
      }
    };
    walk(parse(part), contexts);
  };
  visit(template, [shape], []);
}

function parse({ file, text }: TemplateText): Token[] {
  try {
    return Mustache.parse(text) as Token[];
  } catch (error) {
    const { message } = error as Error;
    const at = Number(/ at (\d+)$/.exec(message)?.[1] ?? 0);
    const line = text.slice(0, at).split('\n').length;
    throw new LetterTemplateError(`${file}:${line}: ${message}`);
  }
}

/** The template filled with the view; what the view holds is escaped. */
export function fillTemplate(
  { text }: TemplateText,
  view: object,
  parts: ReadonlyMap<string, TemplateText>,
): string {
  const part = (name: string) => parts.get(name)?.text;
  return Mustache.render(text, view, part, { escape: escapeHtml });
}
