import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEMS, type ProblemCode } from './problem-table.ts';

/** One wrong place in a request, by JSON pointer (RFC 6901). */
export type Fault = { pointer: string; code: string; detail: string | Sentence };

export type Language = 'id' | 'en';

/** What is said to people, in Indonesian and English. */
export type Sentence = Record<Language, string>;

/** So many wrong places are named; a batch can have thousands. */
const FAULTS_SHOWN = 1000;

type Details = {
  /** Says more than the title, in both languages. */
  detail?: Sentence;
  errors?: Fault[];
  headers?: Record<string, string>;
  /** Further members of the problem document. */
  members?: Record<string, unknown>;
};

/** An answer that is a problem document (RFC 9457). Throw it anywhere below a route. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: Details;
  constructor(code: ProblemCode, details: Details = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** Indonesian where the caller prefers it to English, else English (RFC 9110 section 12.5.4). */
export function languageOf({ headers }: { headers: IncomingHttpHeaders }): Language {
  const ranges = (headers['accept-language'] ?? '').split(',').map((range) => {
    const [tag = '', quality] = range.toLowerCase().split(/;\s*q=/);
    return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
  const best = (language: Language) =>
    Math.max(
      0,
      ...ranges.filter(({ tag }) => tag === language || tag.startsWith(`${language}-`)).map((r) => r.quality),
    );
  return best('id') > best('en') ? 'id' : 'en';
}

/** Writes the problem as the answer; with the request's id, as some requests are refused before any hook could set it. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const language = languageOf(request);
  return reply
    .status(PROBLEMS[problem.code].status)
    .headers(problem.details.headers ?? {})
    .header('content-language', language)
    .header('x-request-id', request.id)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problemDocument(problem, language, request.id));
}

/** The problem document (RFC 9457) about the request with that id. */
export function problemDocument(problem: Problem, language: Language, requestId: string): object {
  const { status, id, en } = PROBLEMS[problem.code];
  const { detail, errors, members } = problem.details;
  return {
    type: `urn:patuh:problem:${problem.code}`,
    title: language === 'id' ? id : en,
    status,
    detail: detail?.[language] ?? (language === 'id' ? id : en),
    instance: `urn:patuh:request:${requestId}`,
    code: problem.code,
    ...(errors && {
      errors: errors
        .slice(0, FAULTS_SHOWN)
        .map((fault) => ({ ...fault, detail: said(fault.detail, language) })),
    }),
    ...members,
  };
}

function said(detail: string | Sentence, language: Language): string {
  return typeof detail === 'string' ? detail : detail[language];
}
