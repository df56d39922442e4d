import type { HistoryModel } from '../estimation/history/history-model.js';
import { exactLevelOfHours, hoursOfLevel, levelOfHours } from '../estimation/scale.js';
import type { HistoryPrediction, PastTask, Prediction, Task } from '../estimation/task.js';
import type { HistoryVersion } from '../history/outcome.js';
import { levelOfPoints } from './levels-of-points.js';

/** Which figure of its past tasks a project is best known by. */
export type Evidence = 'hours' | 'levels' | 'points';

/** What a project's history says about a task. */
export interface HistoryEvidence {
  readonly evidence: Evidence;
  /** Past tasks that it was learnt from. */
  readonly size: number;
  /** 1..5, not rounded. */
  readonly level: number;
  readonly hours: Prediction;
  readonly prediction: HistoryPrediction;
  /** Where the project keeps story points. */
  readonly storyPoints: HistoryPrediction | null;
}

/** Models of the figures that enough of a project's past tasks have; at least one is there. */
export interface TrainedFigures {
  readonly hours: HistoryModel | null;
  /** Only where there are no hours, which say the same more exactly. */
  readonly levels: HistoryModel | null;
  readonly points: HistoryModel | null;
}

/** What was learnt from one state of a project's history. */
export class ProjectModel {
  constructor(
    readonly version: HistoryVersion,
    private readonly figures: TrainedFigures,
    /** Story points of all past tasks that have any, sorted. */
    private readonly sortedPoints: Float64Array,
  ) {}

  /** Hours where they are known, else levels, else points; null where no figure has enough tasks. */
  predict(task: Task): HistoryEvidence | null {
    const storyPoints = this.figures.points?.predict(task) ?? null;
    return this.byHours(task, storyPoints) ?? this.byLevels(task, storyPoints) ?? this.byPoints(storyPoints);
  }

  private byHours(task: Task, storyPoints: HistoryPrediction | null): HistoryEvidence | null {
    const model = this.figures.hours;
    if (model === null) return null;
    const prediction = model.predict(task);
    const level = clampLevel(exactLevelOfHours(prediction.value));
    const { value, low, high, confidence } = prediction;
    const hours = { value, low, high, confidence };
    return { evidence: 'hours', size: model.size, level, hours, prediction, storyPoints };
  }

  private byLevels(task: Task, storyPoints: HistoryPrediction | null): HistoryEvidence | null {
    const model = this.figures.levels;
    if (model === null) return null;
    const prediction = model.predict(task);
    return {
      evidence: 'levels',
      size: model.size,
      level: clampLevel(prediction.value),
      hours: hoursOfLevels(prediction, (level) => level),
      prediction,
      storyPoints,
    };
  }

  private byPoints(storyPoints: HistoryPrediction | null): HistoryEvidence | null {
    const model = this.figures.points;
    if (model === null || storyPoints === null) return null;
    const toLevel = (points: number): number => levelOfPoints(points, this.sortedPoints);
    return {
      evidence: 'points',
      size: model.size,
      level: clampLevel(toLevel(storyPoints.value)),
      hours: hoursOfLevels(storyPoints, toLevel),
      prediction: storyPoints,
      storyPoints,
    };
  }
}

/** The level of a past task: as somebody judged it, else that of its hours; null where neither is known. */
export function levelOfPastTask({ complexity, actualHours }: PastTask): number | null {
  return complexity ?? (actualHours === null ? null : levelOfHours(actualHours));
}

/** A level stands for hours from half a level below it to half a level above. */
function hoursOfLevels(prediction: HistoryPrediction, toLevel: (value: number) => number): Prediction {
  return {
    value: hoursOfLevel(clampLevel(toLevel(prediction.value))),
    low: hoursOfLevel(toLevel(prediction.low) - 0.5),
    high: hoursOfLevel(toLevel(prediction.high) + 0.5),
    confidence: prediction.confidence,
  };
}

function clampLevel(level: number): number {
  return Math.min(5, Math.max(1, level));
}
