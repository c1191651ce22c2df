import { NoRoom } from './endings.ts';

/** The memory that the workbooks which are read at a time share: one takes of it as it grows. */
export class Room {
  #free: number;

  /** @param bytes how many bytes all of them hold at most */
  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** What one workbook takes, until it is released. */
  share(): Share {
    let taken = 0;
    return {
      take: (bytes) => {
        if (bytes > this.#free) throw new NoRoom();
        this.#free -= bytes;
        taken += bytes;
      },
      release: () => {
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
