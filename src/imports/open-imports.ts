import { setTimeout as delay } from 'node:timers/promises';
import { describeFailure, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import type { Actor } from '#src/http/actor.ts';
import { turns } from '#src/http/at-most.ts';
import { Problem } from '#src/http/problem.ts';
import type { ImportKind } from './columns.ts';
import { employerPlan } from './employer-plan.ts';
import { ImportEnded, ImportFailure, ImportInterrupted, NoRoom, UploadAborted } from './endings.ts';
import { evidencePlan } from './evidence-plan.ts';
import { ImportLocks } from './import-locks.ts';
import { createImport, dropRuns, endImport } from './import-table.ts';
import { HeldMemory } from './line-log.ts';
import { paymentPlan } from './payment-plan.ts';
import type { Plan } from './plan.ts';
import type { ImportFormat } from './read-rows.ts';
import { rosterPlan } from './roster-plan.ts';
import { applyChunks, receiveLines } from './run-import.ts';
import type { Upload } from './upload.ts';
import { Room } from './xlsx-room.ts';

/** How many imports run at a time in this process, without uploads that hardly move; memory follows it. */
const MOST_RUNNING = 16;
/** How many are open at a time, those included: each holds a connection of its client, and little else. */
const MOST_OPEN = 64;
/** How many of them one client has open, so that it leaves room for everybody else. */
const MOST_PER_CLIENT = 4;
/** How long imports may go on when the service is asked to end; less than requests, so that uploads are answered. */
const PATIENCE_MS = 10_000;
/** How many of them write at a time, so that they leave connections to everybody else: they take one more for locks. */
const MOST_WRITING = 3;
const CONNECTIONS_LEFT = 3;
/** What workbooks hold in memory while they are read, all of them: two of a million lines. */
const ROOM_BYTES = 192 * 1024 * 1024;

const PLANS = {
  employers: employerPlan,
  rosters: rosterPlan,
  payments: paymentPlan,
  evidence: evidencePlan,
} as unknown as Record<ImportKind, () => Plan<ImportKind, unknown>>;

export type ImportOrder = { kind: ImportKind; format: ImportFormat; actor: Actor };

/** The imports of this process. */
export type Imports = {
  /**
   * Reads an upload to its end and goes on applying it after that; `ended` settles when the import has ended, however
   * that was. An upload that breaks off has failed, nothing of it applied, and throws.
   */
  receive(order: ImportOrder, upload: Upload): Promise<{ importId: string; ended: Promise<void> }>;
  /** Reads what is left of an upload, for its digest alone. */
  discard(upload: Upload): Promise<void>;
  /** Runs work that no process must do twice at a time; undefined where it is being done. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  /** Takes nothing more, lets imports finish for a while, and ends what is left of them as `interrupted`. */
  drain(): Promise<void>;
};

/** What is waited for when the service ends. */
type Open = { interrupt(): void; ended: Promise<unknown> };

/**
 * Makes ready to import; `heldLines` is how many lines of a file may stay in memory, `roomBytes` how many bytes all
 * workbooks together that are being read.
 */
export function openImports(
  deps: Deps,
  options: { heldLines?: number; patienceMs?: number; roomBytes?: number } = {},
): Imports {
  const running = new Set<Open & { owner: string; upload: Upload }>();
  const discarded = new Set<Open>();
  const connections = deps.config.DATABASE_CONNECTIONS - CONNECTIONS_LEFT;
  const inTurn = turns(Math.max(1, Math.min(MOST_WRITING, connections)));
  const { roomBytes = ROOM_BYTES } = options;
  const room = new Room(roomBytes, roomBytes / 2);
  const memory = new HeldMemory();
  const locks = new ImportLocks(deps.database.pool, () => {
    for (const { interrupt } of running) interrupt();
  });
  let draining = false;

  function hasRoomFor(owner: string): boolean {
    const own = [...running].filter((each) => each.owner === owner);
    const moving = [...running].filter(({ upload }) => !upload.isSlow);
    if (draining || running.size >= MOST_OPEN) return false;
    return moving.length < MOST_RUNNING && own.length < MOST_PER_CLIENT;
  }

  async function discard(upload: Upload): Promise<void> {
    const open = { interrupt: () => upload.stop(), ended: upload.discardRest() };
    discarded.add(open);
    try {
      await open.ended;
    } catch (error) {
      throw error instanceof ImportInterrupted ? interrupted() : error;
    } finally {
      discarded.delete(open);
    }
  }

  async function end(importId: string, error?: unknown): Promise<void> {
    try {
      if (!(error instanceof ImportEnded)) await endImport(deps, importId, failureOf(deps, importId, error));
      await dropRuns(deps, importId);
    } catch (failure) {
      // The lock is given up below: whoever asks next finds the import abandoned.
      deps.log.error({ importId, ...describeFailure(failure) }, 'import could not be ended');
    }
    await locks.give(importId);
  }

  return {
    async receive({ kind, format, actor }, upload) {
      const owner = JSON.stringify([actor.agency, actor.client, actor.employerId]);
      if (!hasRoomFor(owner)) throw unavailable();
      const importId = uuidv7();
      const applying = { deps, actor, importId, today: dayOf(deps.clock()) };
      const stop = new AbortController();
      const { signal } = stop;
      const run = {
        applying,
        kind,
        format,
        plan: PLANS[kind](),
        heldLines: options.heldLines,
        memory,
        share: () => room.share(owner),
        signal,
      };
      const ended = Promise.withResolvers<void>();
      const open = {
        owner,
        upload,
        interrupt() {
          stop.abort(new ImportInterrupted());
          upload.stop();
        },
        ended: ended.promise,
      };
      running.add(open);
      const finish = async (error?: unknown) => {
        await end(importId, stop.signal.aborted && error ? stop.signal.reason : error);
        running.delete(open);
        ended.resolve();
      };
      try {
        await locks.take(importId);
        await createImport(deps, actor, importId, kind);
        const received = await receiveLines(run, upload);
        void applyChunks(run, received, stop.signal, inTurn).then(() => finish(), finish);
      } catch (error) {
        await finish(error);
        if (stop.signal.aborted) throw interrupted();
        if (error instanceof NoRoom) throw unavailable();
        const refused = error instanceof ImportFailure && !(error instanceof UploadAborted);
        if (!refused && !(error instanceof ImportEnded)) throw error;
        await discard(upload);
      }
      return { importId, ended: ended.promise };
    },

    discard,

    async exclusively(name, work) {
      if (!(await locks.take(name))) return undefined;
      try {
        return await work();
      } finally {
        await locks.give(name);
      }
    },

    async drain() {
      draining = true;
      const open = () => [...running, ...discarded];
      // The upload of an import that has failed meanwhile is still read to its end.
      const over = async () => {
        while (open().length > 0) await Promise.allSettled(open().map(({ ended }) => ended));
      };
      const patience = new AbortController();
      await Promise.race([
        over(),
        delay(options.patienceMs ?? PATIENCE_MS, undefined, { signal: patience.signal }),
      ]);
      patience.abort();
      for (const { interrupt } of open()) interrupt();
      await over();
    },
  };
}

const unavailable = (headers: Record<string, string> = {}) =>
  new Problem('unavailable', { headers: { 'retry-after': '10', ...headers } });

/** Nobody reads what the connection still brings. */
const interrupted = () => unavailable({ connection: 'close' });

function failureOf(deps: Deps, importId: string, error: unknown): ImportFailure | undefined {
  if (error === undefined || error instanceof ImportFailure) return error;
  deps.log.error({ importId, ...describeFailure(error) }, 'import failed');
  return new ImportFailure('internal');
}
