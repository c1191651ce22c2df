/**
 * All that a change must pass: format, lint, types, tests. Stops at the first that fails, with what it says. Arguments
 * go to vitest. The last line counts the tests: `12 passed, 0 failed, 1 skipped`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const STEPS = {
  format: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--reporter=summary', '--colors=off'],
  lint: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'],
  types: ['node_modules/typescript/bin/tsc'],
};

for (const [name, command] of Object.entries(STEPS)) {
  const started = performance.now();
  const { code, output } = await run(command, { quietly: true });
  console.log(
    `${name}: ${code === 0 ? 'ok' : 'failed'} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (code !== 0) {
    process.stdout.write(output);
    process.exit(code);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'patuh-check-'));
const report = join(folder, 'report.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const { code } = await run(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2)]);
console.log(countsOf(report, code));
rmSync(folder, { recursive: true });
process.exit(code);

/** Runs a program of the project to its end; quietly keeps what it says. */
async function run(command: string[], { quietly = false } = {}): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, command, { cwd: PROJECT, stdio: quietly ? 'pipe' : 'inherit' });
  const forward = (signal: NodeJS.Signals) => {
    // A terminal interrupts the child as well, and a second time would keep it from tidying up.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const [output, errors, code] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    new Promise<number>((done) => child.on('close', (status) => done(status ?? 1))),
  ]);
  for (const signal of signals) process.off(signal, forward);
  return { code, output: output + errors };
}

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

const NOTHING: Report = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

/** A file that could not be run counts as one failure, and so does a run that failed outside its tests. */
function countsOf(path: string, status: number): string {
  // A run that breaks off before its first test leaves no report.
  const counted = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : NOTHING;
  const unrun = counted.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((each) => each.status !== 'failed'),
  );
  const failed = Math.max(counted.numFailedTests + unrun.length, status === 0 ? 0 : 1);
  const skipped = counted.numPendingTests + counted.numTodoTests;
  return `${counted.numPassedTests} passed, ${failed} failed, ${skipped} skipped`;
}
