import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConflictError } from '../../common/errors/conflict.error.js';
import { JobAcceptedDto } from '../../common/http/job-accepted.js';
import type { UsageDto } from '../../common/http/usage.dto.js';
import type { JobContext, JobHandler } from '../../core/jobs/job-handler.js';
import { JobHandlers } from '../../core/jobs/job-handlers.js';
import { Jobs } from '../../core/jobs/jobs.js';
import type { IndexResultDto } from '../dto/index-response.dto.js';
import { addUsage, NO_USAGE } from '../usage.js';
import { DocumentWriter } from './document-writer.js';
import type { IdentifiedDocument } from './identified-document.js';
import { indexBatches } from './index-batches.js';
import { type IndexPlan, IndexPlanner } from './index-planner.js';
import type { IndexRequest } from './source-document.js';

/** What an index job has done so far. */
export interface IndexCheckpoint {
  /** Ids of the documents that were new or changed when the job began, in order. */
  readonly changed: readonly string[];
  /** How many of these are stored. */
  readonly stored: number;
  /** Chunks of those. */
  readonly chunks: number;
  readonly usage: UsageDto | null;
}

/** Stores documents in the background, some at a time. */
@Injectable()
export class IndexJob implements JobHandler<IndexRequest, IndexCheckpoint, IndexResultDto>, OnModuleInit {
  readonly kind = 'rag.index';

  constructor(
    private readonly jobs: Jobs,
    private readonly handlers: JobHandlers,
    private readonly planner: IndexPlanner,
    private readonly writer: DocumentWriter,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  /** Refuses what the synchronous call would refuse before it embeds. */
  async submit(request: IndexRequest, idempotencyKey: string | null): Promise<JobAcceptedDto> {
    const plan = await this.planner.plan(request);
    await this.planner.prepare(await this.planner.changedDocuments(plan), plan.options);
    return JobAcceptedDto.of(await this.jobs.submit({ kind: this.kind, payload: request, idempotencyKey }));
  }

  async run(request: IndexRequest, context: JobContext<IndexCheckpoint>): Promise<IndexResultDto> {
    const plan = await this.planner.plan(request);
    let state = context.checkpoint ?? (await this.begin(plan));
    const unchanged = plan.documents.length - state.changed.length;
    const save = () =>
      context.save({ done: unchanged + state.stored, total: plan.documents.length, checkpoint: state });
    await save();
    for (const batch of indexBatches(remaining(plan, state))) {
      context.signal.throwIfAborted();
      state = await this.index(request, batch, state, context.signal);
      await save();
    }
    return {
      collection: request.collection,
      indexed: state.stored,
      unchanged,
      chunks: state.chunks,
      document_ids: [...plan.ids],
      usage: state.usage ?? NO_USAGE,
    };
  }

  private async begin(plan: IndexPlan): Promise<IndexCheckpoint> {
    const changed = await this.planner.changedDocuments(plan);
    return { changed: changed.map(({ id }) => id), stored: 0, chunks: 0, usage: null };
  }

  private async index(
    request: IndexRequest,
    batch: readonly IdentifiedDocument[],
    state: IndexCheckpoint,
    signal: AbortSignal,
  ): Promise<IndexCheckpoint> {
    const part = { ...request, documents: batch.map(({ document }) => document) };
    const { prepared, usage } = await this.planner.carryOut(part, async (plan) => {
      // The first batch may have made the collection.
      if (plan.existing === null && state.stored > 0) throw deletedMeanwhile(request.collection);
      const prepared = await this.planner.prepare(batch, plan.options);
      const target = { ...plan, collection: request.collection };
      return { prepared, usage: await this.writer.embedAndStore(target, prepared, signal) };
    });
    return {
      changed: state.changed,
      stored: state.stored + prepared.length,
      chunks: prepared.reduce((total, document) => total + document.chunks.length, state.chunks),
      usage: state.usage === null ? usage : addUsage(state.usage, usage),
    };
  }
}

function remaining(plan: IndexPlan, { changed, stored }: IndexCheckpoint): IdentifiedDocument[] {
  const waiting = new Set(changed.slice(stored));
  return plan.documents.filter(({ id }) => waiting.has(id));
}

function deletedMeanwhile(collection: string): ConflictError {
  return new ConflictError(`Collection "${collection}" was deleted meanwhile; send the request again.`);
}
