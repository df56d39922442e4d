/** What a deviation from the estimate does to the points of a task. */
export interface Adjustment {
  readonly multiplier: number;
  /** The multiplier as percent more or less. */
  readonly bonusPercent: number;
  readonly reason: string;
}

/** By how many levels the task was harder than estimated at least, and what follows. */
const RULES = [
  { from: 2, multiplier: 1.25, bonusPercent: 25 },
  { from: 1, multiplier: 1.15, bonusPercent: 15 },
  { from: 0, multiplier: 1.1, bonusPercent: 10 },
  { from: -1, multiplier: 1, bonusPercent: 0 },
] as const;
const FAR_TOO_HIGH = { multiplier: 0.9, bonusPercent: -10 } as const;

export const NO_ADJUSTMENT: Adjustment = {
  multiplier: 1,
  bonusPercent: 0,
  reason: 'There was no estimate to compare with: the points stay as they are.',
};

/** @param estimated @param actual levels, 1..5 */
export function adjustment(estimated: number, actual: number): Adjustment {
  const difference = actual - estimated;
  const { multiplier, bonusPercent } = RULES.find(({ from }) => difference >= from) ?? FAR_TOO_HIGH;
  return { multiplier, bonusPercent, reason: `${describe(difference)}: ${consequence(bonusPercent)}.` };
}

function describe(difference: number): string {
  if (difference === 0) return 'The estimate was right';
  const levels = Math.abs(difference) === 1 ? '1 level' : `${Math.abs(difference)} levels`;
  return difference > 0 ? `Harder than estimated by ${levels}` : `Easier than estimated by ${levels}`;
}

function consequence(bonusPercent: number): string {
  if (bonusPercent === 0) return 'the points stay as they are';
  return bonusPercent > 0 ? `${bonusPercent} % more points` : `${-bonusPercent} % fewer points`;
}
