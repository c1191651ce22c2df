import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { describeFailure, isDatabaseAway, lockTimedOut } from '#src/db/index.ts';
import { RupiahOverflow } from '#src/domain/money.ts';
import { ParameterNotPublished, PeriodNotCovered } from '#src/domain/parameters.ts';
import { faultsOf } from './faults.ts';
import { languageOf, Problem, sendProblem } from './problem.ts';
import { PROBLEMS, type ProblemCode } from './problem-table.ts';

/** What Fastify itself refuses, by its error code. */
const FRAMEWORK: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_BAD_URL: 'bad_request',
  FST_ERR_MAX_PARAM_LENGTH: 'uri_too_long',
};

/** Turns whatever a route throws, and whatever has no route, into a problem document. */
export const failures = fp(async (app: FastifyInstance) => {
  app.setErrorHandler(answerFailure);
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Problem('not_found')));
});

/** Answers with the problem that an error stands for; also for addresses that Fastify refuses before any hook. */
export function answerFailure(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOf(error, request);
  const level = problem.code === 'internal' ? 'error' : 'info';
  request.log[level](
    { code: problem.code, ...(level === 'error' && describe(error)) },
    level === 'error' ? 'request failed' : 'request refused',
  );
  return sendProblem(request, reply, problem);
}

const UNREADABLE: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'header_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** Answers what is no HTTP that can be read: there is no request yet, only the connection, which ends. */
export function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, fields, body } = shortAnswer(UNREADABLE[error.code] ?? 'bad_request');
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
}

/** Answers whoever expects what nobody knows (RFC 9110 section 10.1.1); the body behind it nobody reads. */
export function answerExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const { status, fields, body } = shortAnswer('expectation_failed');
  response.writeHead(status, fields).end(body);
}

/** What is said of a request that no route was asked about, with the connection's end. */
function shortAnswer(code: ProblemCode) {
  const { status, en: title } = PROBLEMS[code];
  const body = JSON.stringify({ type: `urn:patuh:problem:${code}`, title, status, code });
  const fields = {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': randomUUID(),
    connection: 'close',
  };
  return { status, fields, body };
}

function problemOf(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ParameterNotPublished) return unpublished(error);
  if (error instanceof RupiahOverflow) return new Problem('amount_too_large');
  if (error instanceof PeriodNotCovered) return new Problem('period_not_covered');
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new Problem('invalid_content', {
      errors: faultsOf(error.validation, error.validationContext ?? 'body', languageOf(request)),
    });
  }
  const code = FRAMEWORK[error.code];
  if (code) return new Problem(code);
  if (lockTimedOut(error)) return new Problem('unavailable', { headers: { 'retry-after': '2' } });
  if (isDatabaseAway(error)) return new Problem('unavailable', { headers: { 'retry-after': '5' } });
  if (error instanceof SyntaxError && error.statusCode === 400) return new Problem('malformed_json');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Problem('bad_request');
  }
  return new Problem('internal');
}

function unpublished({ parameter, period }: ParameterNotPublished): Problem {
  return new Problem('parameter_not_published', {
    detail: {
      id: `${parameter} untuk ${period} belum ditetapkan, atau belum tercatat.`,
      en: `${parameter} for ${period} is not published, or not entered.`,
    },
    members: { parameter, period },
  });
}

/** What may be logged of an unexpected error. Database messages carry bound values, and stay out. */
function describe(error: Error): Record<string, unknown> {
  const { name, database, frames } = describeFailure(error);
  if (database) return { database, frames };
  // drizzle quotes the values that it has bound.
  const message =
    error.name === 'DrizzleQueryError' || /^Failed query/.test(error.message) ? '' : error.message;
  return { name, message, frames };
}
