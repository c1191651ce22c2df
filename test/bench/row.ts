/** A line of the bench's table: some work beside its floor, both measured in the same run. */
export type Row = {
  work: string;
  /** What the floor is, in a few words. */
  floor: string;
  /** The measured floor and value, with their unit: seconds, per second, milliseconds. */
  floorValue: number;
  value: number;
  unit: string;
  /** Value by floor. */
  ratio: number;
  /** What the ratio has to be. Absent where a figure is only printed. */
  goal?: { atMost: number } | { atLeast: number };
  /** Anything worth knowing beside it: latencies, memory, sizes, requests that failed. */
  notes?: string;
};

/** A row of memory in MB beside what it was before, or may be; none where the system does not tell. */
export function memoryRow(
  { work, floor, atMost, notes }: { work: string; floor: string; atMost: number; notes?: string },
  floorValue: number | undefined,
  value: number | undefined,
): Row[] {
  if (floorValue === undefined || value === undefined) return [];
  const row = { work, floor, floorValue, value, unit: 'MB', ratio: value / floorValue, goal: { atMost } };
  return [notes === undefined ? row : { ...row, notes }];
}
