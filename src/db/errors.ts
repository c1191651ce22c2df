const UNIQUE_VIOLATION = '23505';
const LOCK_NOT_AVAILABLE = '55P03';

type DatabaseError = { code: string; constraint?: string };

/** PostgreSQL's own error under whatever wraps it. Messages stay inside: they may carry bound values. */
function databaseError(error: unknown): DatabaseError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^[0-9A-Z]{5}$/.test(at.code))
      return at as unknown as DatabaseError;
  }
  return undefined;
}

/** Whether the error says that a value is taken, in the named constraint. */
export function violates(error: unknown, constraint: string): boolean {
  const found = databaseError(error);
  return found?.code === UNIQUE_VIOLATION && found.constraint === constraint;
}

/** Whether a lock could not be had in time. */
export function lockTimedOut(error: unknown): boolean {
  return databaseError(error)?.code === LOCK_NOT_AVAILABLE;
}

/** What the driver says where the database gives no answer in time. */
const UNANSWERED = 'Query read timeout';

export const unanswered = () => new Error(UNANSWERED);

/** Connection errors of PostgreSQL and its pool, and one that only reads: the database is away, and will be back. */
const AWAY =
  /^(E(CONNREFUSED|CONNRESET|PIPE|NOENT|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH)|57P0\d|57014|08\d\d\d|53300|25P0[34]|25006)$/;
const AWAY_MESSAGE =
  /^(timeout exceeded when trying to connect|Connection terminated|Cannot use a pool after|Client (has encountered|was closed))/;

/** Whether the database cannot be asked now, or went without an answer: then nobody knows whether it did its work. */
export function isDatabaseAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (isUnanswered(at) || ('code' in at && AWAY.test(String(at.code)))) return true;
    if (AWAY_MESSAGE.test(at.message)) return true;
  }
  return false;
}

/** Whether the database gave no answer in time. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === UNANSWERED;
}

/** SQLSTATE and constraint: all of a database error that may be logged. */
export function describeDatabaseError(error: unknown): { sqlState: string; constraint?: string } | undefined {
  const found = databaseError(error);
  return found && { sqlState: found.code, ...(found.constraint && { constraint: found.constraint }) };
}

/** What may be logged of any error: no message, since it may carry what was sent. */
export function describeFailure(error: unknown): {
  name?: string;
  database?: ReturnType<typeof describeDatabaseError>;
  frames?: string[] | undefined;
} {
  if (!(error instanceof Error)) return {};
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, database: describeDatabaseError(error), frames: frames?.slice(0, 8) };
}
