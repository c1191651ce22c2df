import type { IncomingHttpHeaders } from 'node:http';

/** A request as it can be read at a glance. */
export type PlainRequest = {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  /** Bytes of its body, ... */
  length: number;
  /** ... and how many of them are here. */
  inside: number;
};

const HEAD_BYTES = 16_384;
const REQUEST_LINE = /(GET|POST|PUT|PATCH|DELETE) (\/[!-~]*) HTTP\/1\.1\r\n/y;
/** A value begins with what is no blank: two groups that both take blanks would try every way to share them. */
const FIELD = /([\w-]+):[ \t]*((?:[!-~\x80-\xff][\t -~\x80-\xff]*)?)\r\n/y;
const LENGTH = /^\d{1,9}$/;
/** Whoever sends these expects more of the server than an answer. */
const UNUSUAL = new Set(['transfer-encoding', 'expect', 'upgrade', 'http2-settings', 'proxy-connection']);

/**
 * Reads a head, where `bytes` begin with one, and what is there of its body (RFC 9112). Undefined for all that is not
 * plain: a head that is not whole, a field that is there twice, no host, bytes behind the body, a body without a
 * length, a connection that is to be closed.
 */
export function plainRequest(bytes: Buffer): PlainRequest | undefined {
  const end = bytes.indexOf('\r\n\r\n', 0, 'latin1') + 2;
  if (end < 2 || end > HEAD_BYTES) return undefined;
  const head = bytes.toString('latin1', 0, end);
  REQUEST_LINE.lastIndex = 0;
  const line = REQUEST_LINE.exec(head);
  if (!line) return undefined;
  const headers = fieldsOf(head, REQUEST_LINE.lastIndex);
  if (headers?.host === undefined) return undefined;
  const { 'content-length': announced = '0', connection = 'keep-alive' } = headers;
  if (!LENGTH.test(announced) || connection.toLowerCase() !== 'keep-alive') return undefined;
  const length = Number(announced);
  const inside = bytes.length - end - 2;
  return inside > length ? undefined : { method: line[1]!, url: line[2]!, headers, length, inside };
}

function fieldsOf(head: string, from: number): IncomingHttpHeaders | undefined {
  const headers: IncomingHttpHeaders = {};
  FIELD.lastIndex = from;
  while (FIELD.lastIndex < head.length) {
    const field = FIELD.exec(head);
    if (!field) return undefined;
    const name = field[1]!.toLowerCase();
    if (UNUSUAL.has(name) || name in headers) return undefined;
    headers[name] = withoutBlanksBehind(field[2]!);
  }
  return headers;
}

/** Blanks as HTTP has them; trimming would take others, too. */
function withoutBlanksBehind(value: string): string {
  let end = value.length;
  while (value[end - 1] === ' ' || value[end - 1] === '\t') end -= 1;
  return value.slice(0, end);
}
