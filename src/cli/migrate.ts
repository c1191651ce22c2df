import { parseArgs } from 'node:util';
import { migrate } from '#src/db/index.ts';
import type { Command } from './command.ts';
import { withDatabaseUrl } from './open.ts';

export const command: Command = {
  usage: `patuh migrate
    brings the database of DATABASE_URL, or the embedded one, up to date`,
  async run(args) {
    parseArgs({ args, options: {} });
    await withDatabaseUrl((url) => migrate(url));
  },
};
