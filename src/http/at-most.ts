export { turns } from '#src/facts/index.ts';
