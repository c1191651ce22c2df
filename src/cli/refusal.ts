/** A command cannot do what was asked; the message says why, to the person who asked. */
export class Refusal extends Error {}
