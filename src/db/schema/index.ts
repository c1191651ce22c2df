export * from './callers.ts';
export * from './checks.ts';
export type { RecordedBy } from './columns.ts';
export * from './contributions.ts';
export * from './flags.ts';
export * from './imports.ts';
export * from './registry.ts';
export * from './standing.ts';
