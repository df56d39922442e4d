/** A stretch of time that is held back, and all the rest to learn from. */
export interface TimeBlock {
  readonly held: readonly number[];
  readonly rest: readonly number[];
  readonly isHeld: (row: number) => boolean;
}

/** Cuts rows in the order of time into blocks of neighbours: tasks of one week resemble each other too much. */
export function timeBlocks(rows: number, count: number): TimeBlock[] {
  return Array.from({ length: count }, (_, block) => {
    const from = Math.floor((block * rows) / count);
    const to = Math.floor(((block + 1) * rows) / count);
    const isHeld = (row: number): boolean => row >= from && row < to;
    const all = Array.from({ length: rows }, (_, row) => row);
    return { held: all.slice(from, to), rest: [...all.slice(0, from), ...all.slice(to)], isHeld };
  });
}
