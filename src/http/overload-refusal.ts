import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestId } from './observation.ts';
import { type Language, languageOf, Problem, problemDocument } from './problem.ts';

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

/** Answers that there is no room now, as cheaply as that can be said. */
export function refuse(request: IncomingMessage, response: ServerResponse): void {
  const language = languageOf(request);
  const id = requestId(request.headers['x-request-id']);
  const [before, after] = DOCUMENTS[language];
  const body = before + id + after;
  response.writeHead(503, [
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
  ]);
  response.end(body);
}

function aroundId(language: Language): [string, string] {
  const [before, after] = JSON.stringify(problemDocument(PROBLEM, language, ID)).split(ID);
  return [before!, after!];
}
