import { seededRandom } from './mixed-workload.js';

/** A past task as a request has it. */
export interface SentTask {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly issue_type: string;
  readonly labels: readonly string[];
  readonly actual_hours?: number;
  readonly story_points?: number;
  readonly completed_at: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.UTC(2025, 0, 1);

/** What a team does, with the hours that such work usually takes it. */
const KINDS = [
  { verb: 'Fix typo on', issueType: 'documentation', label: 'docs', hours: 0.5, points: 1 },
  { verb: 'Correct validation of', issueType: 'bug', label: 'backend', hours: 2, points: 2 },
  { verb: 'Add filter to', issueType: 'enhancement', label: 'frontend', hours: 5, points: 3 },
  { verb: 'Export reports from', issueType: 'feature', label: 'reporting', hours: 9, points: 5 },
  { verb: 'Migrate database of', issueType: 'task', label: 'infrastructure', hours: 30, points: 13 },
] as const;
const THINGS = [
  'orders',
  'invoices',
  'customers',
  'products',
  'shipments',
  'returns',
  'coupons',
  'suppliers',
];
const DETAILS = [
  'It is slow with many rows.',
  'Users asked for it twice.',
  'The screen of the back office shows it.',
  'There is a test for the old behaviour.',
  'Legal wants it before the next quarter.',
];

/**
 * Made-up tasks of a team whose hours depend on the kind of work, with some noise; the same seed gives the same ones.
 * @param figures which of them the team keeps
 */
export function pastTasks(
  count: number,
  { seed = 1, figures = ['hours'] }: { seed?: number; figures?: readonly ('hours' | 'points')[] } = {},
): SentTask[] {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, (_, index) => {
    const kind = pick(KINDS);
    const noise = 0.7 + 0.6 * random();
    return {
      id: `TEAM-${seed}-${index}`,
      title: `${kind.verb} ${pick(THINGS)}`,
      description: `${pick(DETAILS)} ${pick(DETAILS)}`,
      issue_type: kind.issueType,
      labels: [kind.label],
      ...(figures.includes('hours') && { actual_hours: Math.round(kind.hours * noise * 100) / 100 }),
      ...(figures.includes('points') && { story_points: kind.points }),
      completed_at: new Date(FIRST_DAY + (index * DAY_MS) / 24).toISOString(),
    };
  });
}
