import { scaleLevel } from '../estimation/scale.js';
import type { EarlierEstimate } from '../history/outcome.js';
import type { Actual } from './accuracy-score.js';
import { type DeliveryMetrics, levelOfMetrics } from './delivery-metrics.js';

/** What happened, in a few sentences that name their figures. */
export function describeOutcome(
  metrics: DeliveryMetrics,
  estimate: EarlierEstimate | null,
  actual: Actual,
): string {
  return [lookOf(metrics), reviewOf(metrics), hoursOf(metrics, actual), comparison(estimate, actual)]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function lookOf(metrics: DeliveryMetrics): string {
  const lines = amount(metrics.linesAdded + metrics.linesRemoved, 'line');
  const files = amount(metrics.filesChanged, 'file');
  const commits = amount(metrics.commits, 'commit');
  return `${lines} in ${files} and ${commits} look like ${scaleLevel(levelOfMetrics(metrics)).name} work.`;
}

function reviewOf({ reviewComments, timeToMergeHours }: DeliveryMetrics): string {
  const comments = reviewComments > 0 ? `its review took ${amount(reviewComments, 'comment')}` : '';
  const merge = timeToMergeHours > 0 ? `it was merged after ${hours(timeToMergeHours)}` : '';
  const parts = [comments, merge].filter((part) => part !== '').join(', and ');
  return parts === '' ? '' : `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`;
}

function hoursOf(metrics: DeliveryMetrics, actual: Actual): string {
  if (actual.hours === null) return '';
  const name = scaleLevel(actual.level).name;
  const differs = scaleLevel(levelOfMetrics(metrics)).level !== actual.level;
  return `${hours(actual.hours)} of work make it ${name}${differs ? ', whatever the change looks like' : ''}.`;
}

function comparison(estimate: EarlierEstimate | null, actual: Actual): string {
  if (estimate?.level == null) return 'There is no estimate to compare it with.';
  const estimated = `${scaleLevel(estimate.level).name}${estimate.hours === null ? '' : ` (${hours(estimate.hours)})`}`;
  if (estimate.level === actual.level) return `The estimate, ${estimated}, was right about the level.`;
  const direction = actual.level > estimate.level ? 'too low' : 'too high';
  return `The estimate, ${estimated}, was ${amount(Math.abs(actual.level - estimate.level), 'level')} ${direction}.`;
}

function amount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function hours(value: number): string {
  return amount(Math.round(value * 10) / 10, 'hour');
}
