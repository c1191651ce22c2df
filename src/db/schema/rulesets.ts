import { jsonb, pgTable, text } from '../drizzle.ts';
import { instant } from './columns.ts';

/** Every ruleset that was ever in force, with the law's files as they were written; a small reference table. */
export const rulesets = pgTable('rulesets', {
  version: text('version').primaryKey(),
  files: jsonb('files').$type<Record<string, string>>().notNull(),
});

/** Facts: from which instant on questions were answered by which ruleset. */
export const rulesetAdoptions = pgTable('ruleset_adoptions', {
  adoptedAt: instant('adopted_at').primaryKey(),
  version: text('version')
    .notNull()
    .references(() => rulesets.version),
});
