/** One step of the scale of complexity. */
export interface ScaleLevel {
  readonly level: number;
  readonly name: string;
  readonly description: string;
  readonly hoursMin: number;
  readonly hoursMax: number;
  readonly basePoints: number;
  /** What tasks of this level look like. */
  readonly indicators: readonly string[];
}

/** From the smallest to the biggest; each begins where the one before it ends. */
export const SCALE = [
  {
    level: 1,
    name: 'Trivial',
    description: 'A change that is clear before it begins: one place, no risk.',
    hoursMin: 0.25,
    hoursMax: 1,
    basePoints: 5,
    indicators: ['a typo, a text or a constant', 'one file', 'nothing to test beyond looking at it'],
  },
  {
    level: 2,
    name: 'Simple',
    description: 'A small change in code that is well known.',
    hoursMin: 1,
    hoursMax: 4,
    basePoints: 10,
    indicators: ['a bug with a known cause', 'one or a few files', 'a test or two'],
  },
  {
    level: 3,
    name: 'Moderate',
    description: 'A day of work: several parts play together.',
    hoursMin: 4,
    hoursMax: 8,
    basePoints: 20,
    indicators: ['a new endpoint or screen', 'several files', 'some design, tests and review'],
  },
  {
    level: 4,
    name: 'Complex',
    description: 'Days of work with things to find out on the way.',
    hoursMin: 8,
    hoursMax: 24,
    basePoints: 35,
    indicators: [
      'a new module or integration',
      'a change of the data model',
      'security, concurrency or speed',
    ],
  },
  {
    level: 5,
    name: 'Epic',
    description: 'A week or more; better cut into smaller tasks.',
    hoursMin: 24,
    hoursMax: 80,
    basePoints: 50,
    indicators: ['a new architecture or subsystem', 'several services or teams', 'a migration of everything'],
  },
] as const satisfies readonly ScaleLevel[];

export const MIN_HOURS = SCALE[0].hoursMin;
export const MAX_HOURS = SCALE[4].hoursMax;

/** The step at a level, which is rounded and kept within 1..5. */
export function scaleLevel(level: number): ScaleLevel {
  const index = Math.min(SCALE.length, Math.max(1, Math.round(level))) - 1;
  return SCALE[index] ?? SCALE[0];
}

/** Where one level gives way to the next, in levels and in hours; between two of them hours grow by equal factors. */
const BOUNDARIES = [
  [0.5, 0.25],
  [1.5, 1],
  [2.5, 4],
  [3.5, 8],
  [4.5, 24],
  [5.5, 80],
] as const;

/** Hours of a level that need not be whole, e.g. 2 for 2 and 4 for 2.5; `levelOfHours` of them is the level rounded. */
export function hoursOfLevel(level: number): number {
  const known = Math.min(5.5, Math.max(0.5, level));
  const [lower, upper] = segment(([at]) => known <= at);
  const share = (known - lower[0]) / (upper[0] - lower[0]);
  return lower[1] * (upper[1] / lower[1]) ** share;
}

/** The inverse of `hoursOfLevel`: 0.5..5.5, not rounded. Hours beyond the scale count as its ends. */
export function exactLevelOfHours(hours: number): number {
  const known = Math.min(MAX_HOURS, Math.max(MIN_HOURS, hours));
  const [lower, upper] = segment(([, at]) => known <= at);
  return lower[0] + ((upper[0] - lower[0]) * Math.log(known / lower[1])) / Math.log(upper[1] / lower[1]);
}

type Boundary = (typeof BOUNDARIES)[number];

function segment(isAbove: (boundary: Boundary) => boolean): [Boundary, Boundary] {
  const index = Math.max(1, BOUNDARIES.findIndex(isAbove));
  return [BOUNDARIES[index - 1] ?? BOUNDARIES[0], BOUNDARIES[index] ?? BOUNDARIES[5]];
}

/** Level that hours belong to: 1..5; a boundary belongs to the smaller level. */
export function levelOfHours(hours: number): number {
  return SCALE.find(({ hoursMax }) => hours <= hoursMax)?.level ?? SCALE.length;
}
