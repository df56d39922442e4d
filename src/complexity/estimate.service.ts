import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { toUsageDto } from '../core/llm/chat-usage.js';
import type { EstimateDto, SimilarTaskDto } from './dto/estimate.dto.js';
import type { PreEstimateDto } from './dto/task.dto.js';
import { scaleLevel } from './estimation/scale.js';
import type { SimilarTask, Task } from './estimation/task.js';
import type { KeptEstimate } from './history/outcome.js';
import { TaskHistory } from './history/task-history.js';
import type { LayeredEstimate } from './layers/layered-estimate.js';
import { LayeredEstimator } from './layers/layered-estimator.js';

/** Tasks of one median differ by little, and their order is worth keeping. */
const POINTS_DIGITS = 6;

/** Estimates of tasks to be done, kept until the tasks are. */
@Injectable()
export class EstimateService {
  constructor(
    private readonly estimator: LayeredEstimator,
    private readonly history: TaskHistory,
  ) {}

  async preEstimate(request: PreEstimateDto, signal: AbortSignal): Promise<EstimateDto> {
    const { project } = request;
    const task = toTask(request);
    const estimate = await this.estimator.estimate(project, task, signal);
    const kept = toKept(project, task, estimate);
    await this.history.keepEstimate(kept);
    const similar = await this.cite(project, estimate.similar);
    return toDto(kept, estimate, similar);
  }

  private async cite(project: string, similar: readonly SimilarTask[]): Promise<SimilarTaskDto[]> {
    if (similar.length === 0) return [];
    const ids = similar.map(({ id }) => id);
    const found = new Map((await this.history.find(project, ids)).map((outcome) => [outcome.id, outcome]));
    return similar.flatMap(({ id, similarity }) => {
      const past = found.get(id);
      if (past === undefined) return [];
      return {
        id,
        title: past.task.title,
        similarity: round(similarity, 3),
        actual_hours: past.actualHours,
        story_points: past.storyPoints,
        complexity: past.complexity,
      };
    });
  }
}

function toTask(request: PreEstimateDto): Task {
  return {
    title: request.title,
    description: request.description ?? '',
    issueType: request.issue_type ?? null,
    labels: request.labels ?? [],
    milestone: request.milestone ?? null,
    projectContext: request.project_context ?? '',
    relatedFiles: request.related_files ?? [],
  };
}

function toKept(project: string, task: Task, estimate: LayeredEstimate): KeptEstimate {
  const { hours, storyPoints, method } = estimate;
  return {
    id: randomUUID(),
    project,
    task,
    level: scaleLevel(estimate.level).level,
    hours: round(hours.value, 2),
    hoursLow: round(hours.low, 2),
    hoursHigh: round(hours.high, 2),
    storyPoints: storyPoints === null ? null : round(storyPoints.value, POINTS_DIGITS),
    method,
  };
}

function toDto(kept: KeptEstimate, estimate: LayeredEstimate, similar: SimilarTaskDto[]): EstimateDto {
  const { name, basePoints } = scaleLevel(kept.level);
  return {
    estimate_id: kept.id,
    complexity_score: kept.level,
    complexity_name: name,
    estimated_hours: kept.hours,
    hours_range: { low: kept.hoursLow, high: kept.hoursHigh },
    estimated_points: basePoints,
    ...storyPointFields(kept, estimate),
    factors: estimate.factors.map((factor) => ({ ...factor, impact: round(factor.impact, 2) })),
    similar_tasks: similar,
    reasoning: estimate.reasoning,
    confidence: round(estimate.confidence, 2),
    method: kept.method,
    ...(estimate.usage && { usage: toUsageDto(estimate.usage) }),
    timestamp: new Date().toISOString(),
  };
}

function storyPointFields({ storyPoints }: KeptEstimate, estimate: LayeredEstimate): Partial<EstimateDto> {
  if (storyPoints === null || estimate.storyPoints === null) return {};
  const { low, high } = estimate.storyPoints;
  return {
    estimated_story_points: storyPoints,
    story_points_range: { low: round(low, POINTS_DIGITS), high: round(high, POINTS_DIGITS) },
  };
}

function round(value: number, digits: number): number {
  const unit = 10 ** digits;
  return Math.round(value * unit) / unit;
}
