import type { FastifyReply } from 'fastify';
import type { Answer } from '#src/http/idempotency.ts';

/** JSON text as an answer: it goes out byte for byte, past any serializer. */
export function textAnswer(text: string, headers: Record<string, string> = {}): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: text,
  };
}

export function sendAnswer(reply: FastifyReply, { status, headers = {}, body }: Answer): FastifyReply {
  return reply.status(status).headers(headers).send(body);
}
