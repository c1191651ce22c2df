export type ImportCode = string;
