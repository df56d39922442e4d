import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { NotFoundError } from '../common/errors/not-found.error.js';
import { DEFAULT_PROJECT } from './dto/fields.js';
import type { DeliveryMetricsDto, PostAnalysisDto, PostAnalyzeDto } from './dto/post-analysis.dto.js';
import { levelOfHours, scaleLevel } from './estimation/scale.js';
import type { Task } from './estimation/task.js';
import type { EarlierEstimate, KeptEstimate } from './history/outcome.js';
import { TaskHistory } from './history/task-history.js';
import { accuracyScore, type Actual } from './metrics/accuracy-score.js';
import { adjustment, NO_ADJUSTMENT } from './metrics/adjustment.js';
import { type DeliveryMetrics, levelOfMetrics } from './metrics/delivery-metrics.js';
import { describeOutcome } from './metrics/describe-outcome.js';
import { ProjectModels } from './models/project-models.js';

/** What tasks turned out to be, compared with their estimates and kept for later ones. */
@Injectable()
export class PostAnalysisService {
  constructor(
    private readonly history: TaskHistory,
    private readonly models: ProjectModels,
  ) {}

  /** @throws NotFoundError for an estimate that doesn't exist */
  async analyze(request: PostAnalyzeDto): Promise<PostAnalysisDto> {
    const kept = await this.findEstimate(request);
    const project = kept?.project ?? request.project ?? DEFAULT_PROJECT;
    const id = kept?.id ?? randomUUID();
    const metrics = toMetrics(request);
    const actual = actualOf(request, metrics);
    const estimate = kept === null ? givenEstimate(request) : keptAsEarlier(kept);
    await this.history.keep(project, [
      {
        id,
        task: taskOf(request, kept),
        completedAt: null,
        actualHours: actual.hours,
        storyPoints: null,
        complexity: actual.level,
        metrics,
        estimate,
      },
    ]);
    this.models.outcomesArrived(project, 1);
    return toDto({ id, project, metrics, estimate, actual });
  }

  private async findEstimate({ estimate_id: id, project }: PostAnalyzeDto): Promise<KeptEstimate | null> {
    if (id === undefined) return null;
    const estimate = await this.history.findEstimate(id);
    if (estimate === null) throw new NotFoundError('There is no estimate with this estimate_id.');
    if (project !== undefined && project !== estimate.project) {
      throw new NotFoundError('The project has no estimate with this estimate_id.');
    }
    return estimate;
  }
}

function toMetrics(request: PostAnalyzeDto): DeliveryMetrics {
  return {
    linesAdded: request.lines_added,
    linesRemoved: request.lines_removed,
    filesChanged: request.files_changed,
    commits: request.commits,
    timeToMergeHours: request.time_to_merge_hours ?? 0,
    reviewComments: request.review_comments ?? 0,
  };
}

function actualOf({ actual_hours: given }: PostAnalyzeDto, metrics: DeliveryMetrics): Actual {
  // Trackers write 0 where nobody kept the hours.
  const hours = given || null;
  return { hours, level: hours === null ? Math.round(levelOfMetrics(metrics)) : levelOfHours(hours) };
}

function givenEstimate(request: PostAnalyzeDto): EarlierEstimate | null {
  const hours = request.pre_estimated_hours || null;
  const level = request.pre_complexity_score ?? (hours === null ? null : levelOfHours(hours));
  return level === null ? null : { level, hours, hoursLow: null, hoursHigh: null, storyPoints: null };
}

function keptAsEarlier({ level, hours, hoursLow, hoursHigh, storyPoints }: KeptEstimate): EarlierEstimate {
  return { level, hours, hoursLow, hoursHigh, storyPoints };
}

/** What was known before is what later estimates can learn from; the change's description is second best. */
function taskOf(request: PostAnalyzeDto, kept: KeptEstimate | null): Task {
  const changed = request.pr_description?.trim() ?? '';
  const [firstLine = ''] = changed.split('\n', 1);
  return {
    title: request.title ?? kept?.task.title ?? firstLine.slice(0, 200),
    description: request.description ?? kept?.task.description ?? changed,
    issueType: kept?.task.issueType ?? null,
    labels: kept?.task.labels ?? [],
    milestone: kept?.task.milestone ?? null,
    projectContext: kept?.task.projectContext ?? '',
    relatedFiles: kept?.task.relatedFiles ?? [],
  };
}

function toDto(outcome: {
  readonly id: string;
  readonly project: string;
  readonly metrics: DeliveryMetrics;
  readonly estimate: EarlierEstimate | null;
  readonly actual: Actual;
}): PostAnalysisDto {
  const { id, project, metrics, estimate, actual } = outcome;
  const { name, basePoints } = scaleLevel(actual.level);
  const adjusted = estimate?.level == null ? NO_ADJUSTMENT : adjustment(estimate.level, actual.level);
  return {
    outcome_id: id,
    project,
    actual_complexity: actual.level,
    complexity_name: name,
    actual_points: basePoints,
    metrics: toMetricsDto(metrics),
    accuracy_score: accuracyScore(estimate, actual),
    point_adjustment: adjusted.multiplier,
    adjustment_reason: adjusted.reason,
    analysis: describeOutcome(metrics, estimate, actual),
    timestamp: new Date().toISOString(),
  };
}

function toMetricsDto(metrics: DeliveryMetrics): DeliveryMetricsDto {
  return {
    lines_added: metrics.linesAdded,
    lines_removed: metrics.linesRemoved,
    lines_changed: metrics.linesAdded + metrics.linesRemoved,
    files_changed: metrics.filesChanged,
    commits: metrics.commits,
    time_to_merge_hours: metrics.timeToMergeHours,
    review_comments: metrics.reviewComments,
    level: Math.round(levelOfMetrics(metrics) * 100) / 100,
  };
}
