/** A command: its lines of help, and what it does with its arguments. */
export type Command = { usage: string; run(args: string[]): Promise<void> };
