import { NoRoom } from './endings.ts';

/** On what terms a workbook is read. */
export type Terms = {
  /** The memory that it has. */
  share(): Share;
  /** Asked again and again from the first piece on, whether or not lines are found; throws where it shall be let be. */
  goOn?(): Promise<void>;
};

/**
 * The memory that the workbooks which are read at a time share: one takes of it as it grows. Those of one owner leave
 * others their part, but a large one is read where it is its owner's only one.
 */
export class Room {
  #free: number;
  readonly #each: number;
  readonly #taken = new Map<string, number>();

  /** @param bytes how many bytes all of them hold at most; `each`, how many several of one owner do */
  constructor(bytes: number, each = bytes) {
    this.#free = bytes;
    this.#each = each;
  }

  /** What one workbook takes, until it is released. */
  share(owner = ''): Share {
    let taken = 0;
    return {
      take: (bytes) => {
        const before = this.#taken.get(owner) ?? 0;
        const alone = before === taken;
        if (bytes > this.#free || (!alone && before + bytes > this.#each)) throw new NoRoom();
        this.#free -= bytes;
        this.#taken.set(owner, before + bytes);
        taken += bytes;
      },
      release: () => {
        const left = (this.#taken.get(owner) ?? 0) - taken;
        if (left > 0) this.#taken.set(owner, left);
        else this.#taken.delete(owner);
        this.#free += taken;
        taken = 0;
      },
    };
  }
}

/** The part of a {@link Room} that one workbook has. */
export type Share = {
  /** Takes more; throws {@link NoRoom} where others have it. */
  take(bytes: number): void;
  /** Gives all of it back; may be called again. */
  release(): void;
};
