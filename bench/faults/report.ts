import { percentile } from '../support/statistics.js';
import type { Observation } from './load.js';

/** When the fault began and when it was over, in milliseconds since the load began. */
export interface FaultWindow {
  readonly from: number;
  readonly until: number;
}

/** Something that must hold, and whether it does. */
export interface Verdict {
  readonly what: string;
  readonly measured: string;
  readonly holds: boolean;
}

export const PHASES = ['before', 'during', 'after'] as const;
export type Phase = (typeof PHASES)[number];

/** Requests are counted by when they were due. */
export function inPhase(
  observations: readonly Observation[],
  { from, until }: FaultWindow,
  phase: Phase,
): Observation[] {
  return observations.filter(({ at }) => {
    if (phase === 'before') return at < from;
    return phase === 'during' ? at >= from && at < until : at >= until;
  });
}

/** How long the slowest in a hundred took. */
export function p99(observations: readonly Observation[]): number {
  return percentile(
    observations.map(({ milliseconds }) => milliseconds),
    0.99,
  );
}

export function failuresOf(observations: readonly Observation[]): Observation[] {
  return observations.filter(({ status }) => status !== 200);
}

/** Prints a scenario's table and verdicts. @returns whether all hold */
export function report(
  name: string,
  observations: readonly Observation[],
  window: FaultWindow,
  verdicts: readonly Verdict[],
): boolean {
  console.log(
    `\n${name}: fault from ${seconds(window.from)} to ${seconds(window.until)} of ${seconds(lastOf(observations))}`,
  );
  console.table(
    Object.fromEntries(PHASES.map((phase) => [phase, rowOf(inPhase(observations, window, phase))])),
  );
  for (const { what, measured, holds } of verdicts) {
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${measured}`);
  }
  return verdicts.every(({ holds }) => holds);
}

function rowOf(observations: readonly Observation[]) {
  const statuses = new Map<string, number>();
  for (const { kind, status, error } of observations) {
    if (status === 200) continue;
    const what = `${kind} ${status ?? error ?? ''}`;
    statuses.set(what, (statuses.get(what) ?? 0) + 1);
  }
  const times = observations.map(({ milliseconds }) => milliseconds);
  return {
    requests: observations.length,
    failed: failuresOf(observations).length,
    'p50 ms': Math.round(percentile(times, 0.5) * 10) / 10,
    'p99 ms': Math.round(percentile(times, 0.99) * 10) / 10,
    failures: [...statuses].map(([what, count]) => `${count} × ${what}`).join(', '),
  };
}

function lastOf(observations: readonly Observation[]): number {
  return observations.reduce((last, { at }) => Math.max(last, at), 0);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
