import type { Factor, Task } from '../task.js';

/** A size that people gave the task themselves. */
export interface StatedSize {
  readonly label: string;
  readonly level: number;
}

const LABELS_READ = 50;
const SIZES: Readonly<Record<string, number>> = {
  xs: 1,
  s: 2,
  small: 2,
  m: 3,
  medium: 3,
  l: 4,
  large: 4,
  xl: 5,
  xxl: 5,
  trivial: 1,
  easy: 1.7,
  simple: 2,
  moderate: 3,
  hard: 4,
  complex: 4,
  epic: 5,
  'good first issue': 1.8,
  'good first bug': 1.8,
  beginner: 1.8,
  starter: 1.8,
  'low hanging fruit': 1.5,
  'quick win': 1.5,
};
/** Points of the usual row (1, 2, 3, 5, 8, 13, 21) and the level that they mean most often. */
const POINTS = [
  { most: 1, level: 1.1 },
  { most: 2, level: 2 },
  { most: 3, level: 2.5 },
  { most: 5, level: 3.2 },
  { most: 8, level: 4 },
  { most: 13, level: 4.6 },
  { most: Infinity, level: 5 },
];
const POINTS_LABEL =
  /^(?:story ?points?|points?|sp|estimate)[ :=/_-]{0,3}(\d{1,3})$|^(\d{1,3}) ?(?:points?|pts?|sp)$/u;
const SIZE_PREFIX = /^(?:size|effort|complexity|difficulty|t-shirt|estimate|type|kind)[ :=/_-]{1,3}/u;

/** The first label that states a size, whatever its way to write it. */
export function findStatedSize(labels: readonly string[]): StatedSize | null {
  for (const label of labels.slice(0, LABELS_READ)) {
    const plain = label.slice(0, 100).trim().toLowerCase();
    const level = pointsLevel(plain) ?? sizeLevel(plain.replace(SIZE_PREFIX, ''));
    if (level !== undefined) return { label: label.slice(0, 100), level };
  }
  return null;
}

function sizeLevel(text: string): number | undefined {
  const words = text.replace(/[-_]/gu, ' ');
  return Object.hasOwn(SIZES, words) ? SIZES[words] : undefined;
}

function pointsLevel(text: string): number | undefined {
  const match = POINTS_LABEL.exec(text);
  if (match === null) return undefined;
  const points = Number(match[1] ?? match[2]);
  return POINTS.find(({ most }) => points <= most)?.level;
}

const KIND_IMPACT: Partial<Record<NonNullable<Task['issueType']>, number>> = {
  documentation: -0.6,
  chore: -0.3,
  test: -0.3,
  bug: -0.1,
  feature: 0.3,
  refactor: 0.2,
};
const LABEL_IMPACT: Readonly<Record<string, number>> = {
  documentation: -0.4,
  docs: -0.4,
  security: 0.4,
  performance: 0.4,
  'breaking change': 0.5,
  architecture: 0.6,
  spike: 0.3,
  research: 0.3,
  'tech debt': 0.2,
  'technical debt': 0.2,
};

/** What issue type and labels say. */
export function kindSignals(task: Task): Factor[] {
  const impact = task.issueType === null ? undefined : KIND_IMPACT[task.issueType];
  const labels = task.labels.slice(0, LABELS_READ).flatMap((label): Factor[] => {
    const plain = label.slice(0, 100).trim().toLowerCase().replace(/[-_]/gu, ' ');
    if (!Object.hasOwn(LABEL_IMPACT, plain)) return [];
    return [{ name: 'label', impact: LABEL_IMPACT[plain] ?? 0, explanation: `It is labelled "${plain}".` }];
  });
  if (impact === undefined) return labels;
  return [
    { name: 'issue type', impact, explanation: `Tasks of type ${task.issueType ?? ''} tend that way.` },
    ...labels,
  ];
}
