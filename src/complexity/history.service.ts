import { Injectable } from '@nestjs/common';
import { ValidationError } from '../common/errors/validation.error.js';
import { validateItems } from '../common/validation/validate-items.js';
import { type NamedProjectDto, parseMoment, type ProjectPageDto } from './dto/fields.js';
import {
  type HistoryDeletedDto,
  type HistoryImportedDto,
  type HistoryListDto,
  type ImportHistoryDto,
  type KeptTaskDto,
  PastTaskDto,
} from './dto/history.dto.js';
import type { Outcome, OutcomeToKeep } from './history/outcome.js';
import { TaskHistory } from './history/task-history.js';
import { ProjectModels } from './models/project-models.js';

/** A project's past tasks: bringing them in, looking at them, removing them. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly history: TaskHistory,
    private readonly models: ProjectModels,
  ) {}

  async import({ project, tasks: sent }: ImportHistoryDto): Promise<HistoryImportedDto> {
    const tasks = await validateItems(PastTaskDto, sent, 'tasks');
    refuseDuplicates(tasks);
    const { added, replaced } = await this.history.keep(project, tasks.map(toOutcome));
    this.models.outcomesArrived(project, tasks.length);
    return { project, imported: added, updated: replaced };
  }

  async list({ project, limit, offset }: ProjectPageDto): Promise<HistoryListDto> {
    const tasks = await this.history.list(project, { limit, offset });
    const version = await this.history.version(project);
    return { project, tasks: tasks.map(toKeptTask), total: version?.count ?? 0 };
  }

  async delete({ project }: NamedProjectDto): Promise<HistoryDeletedDto> {
    return { project, deleted: await this.history.delete(project) };
  }
}

function refuseDuplicates(tasks: readonly PastTaskDto[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of tasks.entries()) {
    if (seen.has(id))
      throw ValidationError.at(['tasks', index, 'id'], 'must be different from those before it');
    seen.add(id);
  }
}

function toOutcome(task: PastTaskDto): OutcomeToKeep {
  return {
    id: task.id,
    task: {
      title: task.title,
      description: task.description ?? '',
      issueType: task.issue_type ?? null,
      labels: task.labels ?? [],
      milestone: null,
      projectContext: '',
      relatedFiles: [],
    },
    completedAt: task.completed_at === undefined ? null : parseMoment(task.completed_at),
    // Trackers write 0 where nobody kept the hours.
    actualHours: task.actual_hours || null,
    storyPoints: task.story_points ?? null,
    complexity: task.complexity ?? null,
    metrics: null,
    estimate: null,
  };
}

function toKeptTask({ id, task, estimate, ...outcome }: Outcome): KeptTaskDto {
  return {
    id,
    title: task.title,
    description: task.description,
    issue_type: task.issueType,
    labels: [...task.labels],
    actual_hours: outcome.actualHours,
    story_points: outcome.storyPoints,
    complexity: outcome.complexity,
    completed_at: outcome.completedAt.toISOString(),
    estimated_complexity: estimate?.level ?? null,
    estimated_hours: estimate?.hours ?? null,
  };
}
