import { Injectable } from '@nestjs/common';
import { sleep } from '../../common/async/sleep.js';
import { ConflictError } from '../../common/errors/conflict.error.js';
import type { UsageDto } from '../../common/http/usage.dto.js';
import { type Collection, VectorStore } from '../../core/vector-store/vector-store.js';
import type { ReembedDto, ReembedResultDto } from '../dto/reembed.dto.js';
import { addUsage, NO_USAGE } from '../usage.js';
import { GenerationFiller } from './generation-filler.js';
import { type ReembedPlan, ReembedPlanner } from './reembed-planner.js';
import { MAX_SWITCHES, pauseAfter } from './switch-pauses.js';

export interface ReembedProgress {
  /** Documents that the generation holds. */
  readonly done: number;
  readonly total: number;
  readonly usage: UsageDto;
}

/** Gives a collection another embedding model: fills another generation while the old one serves, and switches. */
@Injectable()
export class ReembeddingService {
  constructor(
    private readonly store: VectorStore,
    private readonly planner: ReembedPlanner,
    private readonly filler: GenerationFiller,
  ) {}

  /** While the client waits. */
  async reembed(name: string, request: ReembedDto, signal: AbortSignal): Promise<ReembedResultDto> {
    const plan = await this.planner.plan(name, request);
    const generation = await this.begin(plan, signal);
    try {
      return await this.complete(plan, generation, NO_USAGE, signal, () => Promise.resolve());
    } catch (error) {
      await this.discard(generation);
      throw error;
    }
  }

  /** An empty generation; one that was begun before is discarded. */
  async begin(plan: ReembedPlan, signal: AbortSignal): Promise<Collection> {
    const dimensions = await this.planner.dimensionsOf(plan, signal);
    return this.store.beginGeneration(plan.collection, plan.model.descriptor.id, dimensions);
  }

  /** Where that fails too, the next call or the end of the collection does it. */
  async discard(generation: Collection): Promise<void> {
    await this.store.discardGeneration(generation).catch(() => undefined);
  }

  /** Fills the generation and switches to it; goes on where an earlier call stopped. */
  async complete(
    { collection, model }: ReembedPlan,
    generation: Collection,
    usageBefore: UsageDto,
    signal: AbortSignal,
    report: (progress: ReembedProgress) => Promise<void>,
  ): Promise<ReembedResultDto> {
    const filling = { collection, generation, model };
    let usage = usageBefore;
    const onCopied = async (more: UsageDto) => {
      usage = addUsage(usage, more);
      const done = (await this.store.findGeneration(collection))?.documents ?? 0;
      await report({ done, total: Math.max(done, collection.documents), usage });
    };
    let isPrepared = false;
    for (let switches = 0; switches < MAX_SWITCHES;) {
      signal.throwIfAborted();
      if (!(await this.filler.advance(filling, signal, onCopied))) continue;
      if (!isPrepared) {
        // It may take minutes, in which others write.
        await this.store.prepareGeneration(generation, signal);
        isPrepared = true;
        continue;
      }
      if (await this.store.switchGeneration(collection, generation))
        return this.result(collection.name, usage);
      switches += 1;
      await sleep(pauseAfter(switches), signal);
    }
    throw new ConflictError(
      `Collection "${collection.name}" changes all the time; try again when less is written to it.`,
    );
  }

  /** What a collection is now. */
  async result(name: string, usage: UsageDto): Promise<ReembedResultDto> {
    const collection = await this.store.findCollection(name);
    if (collection === null) throw new ConflictError(`Collection "${name}" was deleted meanwhile.`);
    return {
      collection: name,
      embedding_model: collection.embeddingModel,
      dimensions: collection.dimensions,
      documents: collection.documents,
      chunks: collection.chunks,
      usage,
    };
  }
}
