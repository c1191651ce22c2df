import type { IncomingMessage } from 'node:http';

/** `/v1/checks/…` and `/oauth/…` by the word that names what they are about. */
const FAMILY = /^\/(?:v1\/)?([a-z0-9.-]+)/;
/** What watches over the service is answered whatever happens. */
const ALWAYS_ANSWERED = new Set(['health', 'metrics']);

/** Sorts requests before they are routed: by method, and by what their addresses are about. */
export class Kinds {
  readonly #families = new Set<string>();

  /** Makes a route's family known; requests of all others are of one kind. */
  know(pattern: string): void {
    const family = FAMILY.exec(pattern)?.[1];
    if (family !== undefined) this.#families.add(family);
  }

  /** The kind of a request, such as `POST checks`; undefined where it is never refused. */
  of({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>): string | undefined {
    const family = FAMILY.exec(url)?.[1];
    if (family === undefined || !this.#families.has(family)) return 'other';
    return ALWAYS_ANSWERED.has(family) ? undefined : `${method} ${family}`;
  }
}
