import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { requestId } from './observation.ts';
import { type Language, languageOf, Problem, problemDocument } from './problem.ts';

/** A connection on which nothing is asked for so long is closed. */
export const KEEP_ALIVE_MS = 72_000;
const RETRY_SECONDS = '1';
const PROBLEM = new Problem('unavailable', {
  detail: {
    id: 'Terlalu banyak permintaan sedang dikerjakan; coba lagi sebentar lagi.',
    en: 'Too many requests are being worked on; try again shortly.',
  },
});
const ID = 'id-of-the-request';

const DOCUMENTS: Record<Language, [before: string, after: string]> = {
  id: aroundId('id'),
  en: aroundId('en'),
};

type Asked = { headers: IncomingHttpHeaders };

/** Answers that there is no room now, as cheaply as that can be said. */
export function refuse(request: Asked, response: ServerResponse): void {
  const { fields, body } = refusalOf(request);
  response.writeHead(503, fields);
  response.end(body);
}

/** The same answer as it goes out by a connection that stays open. */
export function refusalText(request: Asked): string {
  const { fields, body } = refusalOf(request);
  let head = 'HTTP/1.1 503 Service Unavailable\r\n';
  for (let at = 0; at < fields.length; at += 2) head += `${fields[at]}: ${fields[at + 1]}\r\n`;
  const keep = `Connection: keep-alive\r\nKeep-Alive: timeout=${KEEP_ALIVE_MS / 1000}`;
  return `${head}Date: ${new Date().toUTCString()}\r\n${keep}\r\n\r\n${body}`;
}

function refusalOf(request: Asked): { fields: string[]; body: string } {
  const language = languageOf(request);
  const id = requestId(request.headers['x-request-id']);
  const [before, after] = DOCUMENTS[language];
  const body = before + id + after;
  const fields = [
    'content-type',
    'application/problem+json',
    'content-language',
    language,
    'x-request-id',
    id,
    'retry-after',
    RETRY_SECONDS,
    'content-length',
    String(Buffer.byteLength(body)),
  ];
  return { fields, body };
}

function aroundId(language: Language): [string, string] {
  const [before, after] = JSON.stringify(problemDocument(PROBLEM, language, ID)).split(ID);
  return [before!, after!];
}
