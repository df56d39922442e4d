/** Kinds of work that a tracker knows. */
export const ISSUE_TYPES = [
  'bug',
  'feature',
  'enhancement',
  'refactor',
  'documentation',
  'test',
  'chore',
  'task',
] as const;

export type IssueType = (typeof ISSUE_TYPES)[number];

/** What is known of a task before it is done. All of it was written by people, and none of it can be trusted. */
export interface Task {
  /** Never blank. */
  readonly title: string;
  /** Empty when there is none. */
  readonly description: string;
  readonly issueType: IssueType | null;
  readonly labels: readonly string[];
  readonly milestone: string | null;
  /** What the project is and is built with, in its team's words; empty when not told. */
  readonly projectContext: string;
  /** Paths of files that the task is about. */
  readonly relatedFiles: readonly string[];
}

/** A task that has been done, with what it took. At least one of the three figures is known. */
export interface PastTask {
  /** Unique in its project. */
  readonly id: string;
  readonly task: Task;
  readonly completedAt: Date;
  /** Above 0; null where nobody kept them. */
  readonly actualHours: number | null;
  /** 0 or more; null where the project keeps none. */
  readonly storyPoints: number | null;
  /** 1..5; null where nobody judged it. */
  readonly complexity: number | null;
}

/** A past task with the one figure of it that a model learns to predict, in any unit: hours, points or levels. */
export interface Example {
  readonly past: PastTask;
  readonly value: number;
}

/** One reason for an estimate. */
export interface Factor {
  /** A few words, e.g. `data migration`. */
  readonly name: string;
  /** How much it moves the estimate, in levels: positive makes the task bigger. */
  readonly impact: number;
  /** One sentence that names the evidence. */
  readonly explanation: string;
}

/** A past task that resembles the one to estimate. Its text isn't in here: a model doesn't keep texts. */
export interface SimilarTask {
  /** Of the past task, in its project. */
  readonly id: string;
  /** 0..1, higher is more alike. */
  readonly similarity: number;
  /** The figure that the model learnt from it. */
  readonly value: number;
}

/** An amount with the range that holds the truth in four cases of five. */
export interface Prediction {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** 0..1: how likely the range and the value are to be near the truth. */
  readonly confidence: number;
}

/** What a model of a project's history says, in the unit of its examples' values. */
export interface HistoryPrediction extends Prediction {
  /** Best first; at most five. */
  readonly similar: readonly SimilarTask[];
}

/** What one layer of the estimator makes of a task. */
export interface Estimate {
  /** 1..5, not rounded. */
  readonly level: number;
  readonly hours: Prediction;
  /** Those that matter most first. */
  readonly factors: readonly Factor[];
  /** One to three sentences. */
  readonly reasoning: string;
  /** 0..1. */
  readonly confidence: number;
}
