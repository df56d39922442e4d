/** How often a writer may slip in between the last comparison and the switch; with the pauses, for about half an hour. */
export const MAX_SWITCHES = 400;

const WITHOUT_PAUSE = 20;
const STEP_MS = 50;
const LONGEST_MS = 5000;

/**
 * How long to wait after so many switches in vain, in milliseconds. Whoever writes without a gap, as when much is
 * indexed, ends some time; until then each try embeds what is new and nothing twice, so that patience costs little and
 * giving up all.
 */
export function pauseAfter(switches: number): number {
  return Math.min(Math.max(switches - WITHOUT_PAUSE, 0) * STEP_MS, LONGEST_MS);
}
