import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobAcceptedDto } from '../../common/http/job-accepted.js';
import type { UsageDto } from '../../common/http/usage.dto.js';
import type { JobContext, JobHandler } from '../../core/jobs/job-handler.js';
import { JobHandlers } from '../../core/jobs/job-handlers.js';
import { JobLost, JobSuspended } from '../../core/jobs/job-interruptions.js';
import { Jobs } from '../../core/jobs/jobs.js';
import { type Collection, VectorStore } from '../../core/vector-store/vector-store.js';
import type { ReembedDto, ReembedResultDto } from '../dto/reembed.dto.js';
import { NO_USAGE } from '../usage.js';
import { type ReembedPlan, ReembedPlanner } from './reembed-planner.js';
import { ReembeddingService } from './reembedding.service.js';

export interface ReembedPayload {
  readonly name: string;
  readonly request: ReembedDto;
}

/** What a job has begun. */
export interface ReembedCheckpoint {
  /** Id of the generation. */
  readonly generation: number;
  readonly usage: UsageDto;
}

/** Gives a collection another embedding model in the background. */
@Injectable()
export class ReembedJob
  implements JobHandler<ReembedPayload, ReembedCheckpoint, ReembedResultDto>, OnModuleInit
{
  readonly kind = 'rag.reembed';

  constructor(
    private readonly jobs: Jobs,
    private readonly handlers: JobHandlers,
    private readonly store: VectorStore,
    private readonly planner: ReembedPlanner,
    private readonly reembedding: ReembeddingService,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  /** Refuses what the synchronous call would refuse before it embeds. */
  async submit(name: string, request: ReembedDto, idempotencyKey: string | null): Promise<JobAcceptedDto> {
    await this.planner.plan(name, request);
    const payload: ReembedPayload = { name, request };
    return JobAcceptedDto.of(await this.jobs.submit({ kind: this.kind, payload, idempotencyKey }));
  }

  async run(
    { name, request }: ReembedPayload,
    context: JobContext<ReembedCheckpoint>,
  ): Promise<ReembedResultDto> {
    const plan = await this.planner.plan(name, request);
    const usage = context.checkpoint?.usage ?? NO_USAGE;
    // The process may have ended after the switch and before anybody was told.
    if (plan.collection.id === context.checkpoint?.generation) return this.reembedding.result(name, usage);
    const generation = await this.begun(plan, context);
    const save = (progress: { readonly done: number; readonly total: number; readonly usage: UsageDto }) =>
      context.save({ ...progress, checkpoint: { generation: generation.id, usage: progress.usage } });
    try {
      await save({ done: generation.documents, total: plan.collection.documents, usage });
      return await this.reembedding.complete(plan, generation, usage, context.signal, save);
    } catch (error) {
      const reason: unknown = context.signal.reason;
      // Then the job goes on with it, here or elsewhere.
      const isKept = reason instanceof JobSuspended || reason instanceof JobLost;
      if (!isKept) await this.reembedding.discard(generation);
      throw error;
    }
  }

  /** The generation of this job's checkpoint, else a new one. */
  private async begun(
    plan: ReembedPlan,
    { checkpoint, signal }: JobContext<ReembedCheckpoint>,
  ): Promise<Collection> {
    const earlier = checkpoint && (await this.store.findGeneration(plan.collection));
    if (earlier !== null && earlier.id === checkpoint?.generation) return earlier;
    return this.reembedding.begin(plan, signal);
  }
}
