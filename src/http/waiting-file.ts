import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Where answers wait for those who read them slowly. */
    waitingRoom: WaitingRoom;
  }
}

const PIECE = 262_144;
const CIPHER = 'aes-256-ctr';

/** How many bytes may wait in files for one reader, and for all of them together. */
export class WaitingRoom {
  readonly #taken = new Map<string, number>();
  readonly #each: number;
  readonly #all: number;

  constructor({ each = 512 * 1_048_576, all = 2048 * 1_048_576 }: { each?: number; all?: number } = {}) {
    this.#each = each;
    this.#all = all;
  }

  /** What waits for all readers. */
  get bytes(): number {
    return [...this.#taken.values()].reduce((sum, each) => sum + each, 0);
  }

  /** Throws where there is not so much room. */
  take(reader: string, bytes: number): void {
    const own = (this.#taken.get(reader) ?? 0) + bytes;
    if (own > this.#each || this.bytes + bytes > this.#all) throw new Problem('unavailable');
    this.#taken.set(reader, own);
  }

  giveBack(reader: string, bytes: number): void {
    const left = (this.#taken.get(reader) ?? 0) - bytes;
    if (left > 0) this.#taken.set(reader, left);
    else this.#taken.delete(reader);
  }
}

/** Bytes in the order in which they came, in a file without a name, sealed with a key that only this process has. */
export class WaitingFile {
  readonly #room: WaitingRoom;
  readonly #reader: string;
  readonly #seal;
  readonly #unseal;
  #file: FileHandle | undefined;
  #written = 0;
  #read = 0;

  constructor(room: WaitingRoom, reader: string) {
    this.#room = room;
    this.#reader = reader;
    const [key, start] = [randomBytes(32), randomBytes(16)];
    this.#seal = createCipheriv(CIPHER, key, start);
    this.#unseal = createDecipheriv(CIPHER, key, start);
  }

  /** Bytes that wait. */
  get size(): number {
    return this.#written - this.#read;
  }

  async add(chunk: Buffer): Promise<void> {
    this.#room.take(this.#reader, chunk.length);
    try {
      this.#file ??= await openNameless();
      const sealed = this.#seal.update(chunk);
      for (let done = 0; done < sealed.length; ) {
        const at = this.#written + done;
        done += (await this.#file.write(sealed, done, sealed.length - done, at)).bytesWritten;
      }
      this.#written += chunk.length;
    } catch (error) {
      this.#room.giveBack(this.#reader, chunk.length);
      throw error;
    }
  }

  /** The oldest bytes that wait; there are some. */
  async take(): Promise<Buffer> {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, this.size));
    const { bytesRead } = await this.#file!.read(piece, 0, piece.length, this.#read);
    this.#read += bytesRead;
    return this.#unseal.update(piece.subarray(0, bytesRead));
  }

  async close(): Promise<void> {
    this.#room.giveBack(this.#reader, this.#written);
    this.#written = this.#read;
    await this.#file?.close();
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `patuh-${randomBytes(16).toString('hex')}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}
