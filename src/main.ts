import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { serve } from './serve.ts';

/** What is in flight gets this long to finish after SIGTERM. */
const GRACE_MS = 25_000;

/** Codes of the embedded database, which is not even loaded with a DATABASE_URL, of sockets, PostgreSQL, and letters. */
const EXPECTED = new Set([
  'data_folder_in_use',
  'data_folder_unusable',
  'database_not_started',
  'EEXIST',
  'ENOTDIR',
  'EROFS',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'EACCES',
  'ECONNREFUSED',
  'ENOTFOUND',
  '28P01',
  '3D000',
  'letter_template_refused',
]);

try {
  const config = readConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL, base: { service: 'patuh' } }, pino.destination(2));
  const service = await serve(config, log);
  for (const line of service.announcement) console.log(line);
  const grace = closeWithGrace(
    // A signal to a process group arrives twice, directly and through the launcher: the first one counts.
    { delay: GRACE_MS, logger: false, skip: ['SIGTERM', 'SIGINT'] },
    async ({ err }) => {
      if (err)
        log.fatal({ name: err.name, frames: err.stack?.split('\n').slice(1, 9) }, 'stopping after a fault');
      await service.close();
    },
  );
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      grace.close();
    });
  }
} catch (error) {
  if (!isExpected(error)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** Faults of the surroundings that a person can mend: a sentence serves better than a stack. */
function isExpected(error: unknown): error is Error {
  return error instanceof ConfigError || EXPECTED.has(String((error as NodeJS.ErrnoException).code));
}
