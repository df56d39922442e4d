/** Frames from `start` to just before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface StretchOptions {
  /** In frames; shorter ones are left out. */
  readonly minLength: number;
  /** In frames; those closer together than this count as one. */
  readonly joinWithin: number;
}

/** Stretches of frames that `belongs` says yes to. */
export function findStretches(
  levels: Uint8Array,
  belongs: (level: number) => boolean,
  { minLength, joinWithin }: StretchOptions,
): Stretch[] {
  const found: Stretch[] = [];
  let start: number | null = null;
  for (let frame = 0; frame <= levels.length; frame += 1) {
    const level = levels[frame];
    if (level !== undefined && belongs(level)) {
      start ??= frame;
      continue;
    }
    if (start !== null && frame - start >= minLength) addJoined(found, { start, end: frame }, joinWithin);
    start = null;
  }
  return found;
}

function addJoined(found: Stretch[], next: Stretch, joinWithin: number): void {
  const last = found.at(-1);
  if (last && next.start - last.end < joinWithin)
    found[found.length - 1] = { start: last.start, end: next.end };
  else found.push(next);
}
