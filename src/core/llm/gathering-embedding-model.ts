import { AsyncResource } from 'node:async_hooks';
import { Deferred } from '../../common/async/deferred.js';
import { SharedInterest } from '../../common/async/shared-interest.js';
import { currentProviderTimes, type ProviderTime, whileWaiting } from '../../common/http/provider-time.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from './embedding-model.js';
import { isInputRefused } from './provider-failure.js';

export interface GatheringOptions {
  /** How long the first of a batch waits for company; with 0, nobody waits. */
  readonly windowMs: number;
  /** A batch of so many texts leaves at once. */
  readonly maxInputs: number;
  /** Where a call runs that is made for several requests, and so belongs to none of them. */
  readonly outsideRequests: AsyncResource;
}

interface Caller {
  readonly request: EmbeddingRequest;
  readonly context: AsyncResource;
  readonly times: readonly ProviderTime[];
  readonly result: Deferred<EmbeddedText[]>;
}

interface Batch {
  readonly dimensions: number | undefined;
  readonly interest: SharedInterest;
  readonly callers: Caller[];
  readonly timer: NodeJS.Timeout;
  inputCount: number;
}

/** Gathers calls that come within a few milliseconds of each other into one. */
export class GatheringEmbeddingModel extends EmbeddingModel {
  /** Batches that still take callers, by the dimensions that they ask for. */
  private readonly open = new Map<number | undefined, Batch>();

  constructor(
    private readonly inner: EmbeddingModel,
    private readonly options: GatheringOptions,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  async embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    request.signal?.throwIfAborted();
    const { windowMs, maxInputs } = this.options;
    if (windowMs === 0 || request.texts.length >= maxInputs) return this.inner.embed(request);
    const batch = this.batchFor(request);
    const caller: Caller = {
      request,
      context: new AsyncResource('GatheredEmbedding'),
      times: currentProviderTimes(),
      result: new Deferred(),
    };
    batch.callers.push(caller);
    batch.inputCount += request.texts.length;
    if (batch.inputCount >= maxInputs) this.depart(batch);
    return batch.interest.wait(caller.result.promise, request.signal);
  }

  private batchFor({ texts, dimensions }: EmbeddingRequest): Batch {
    const existing = this.open.get(dimensions);
    const isFull = existing && existing.inputCount + texts.length > this.options.maxInputs;
    // A batch that all callers have left can't be revived: its signal has fired.
    if (existing && !isFull && !existing.interest.signal.aborted) return existing;
    if (existing) this.depart(existing);
    const batch: Batch = {
      dimensions,
      interest: new SharedInterest(),
      callers: [],
      timer: setTimeout(() => {
        this.depart(batch);
      }, this.options.windowMs),
      inputCount: 0,
    };
    this.open.set(dimensions, batch);
    return batch;
  }

  private depart(batch: Batch): void {
    clearTimeout(batch.timer);
    this.open.delete(batch.dimensions);
    const callers = batch.callers.filter(({ request }) => !request.signal?.aborted);
    const [only, another] = callers;
    if (!only) return;
    const context = another ? this.options.outsideRequests : only.context;
    const times = callers.flatMap((caller) => caller.times);
    context.runInAsyncScope(() => {
      whileWaiting(times, () => void this.send(callers, batch));
    });
  }

  /** Never rejects: the callers get what there is to get. */
  private async send(callers: readonly Caller[], batch: Batch): Promise<void> {
    try {
      const results = await this.inner.embed({
        texts: callers.flatMap(({ request }) => request.texts),
        dimensions: batch.dimensions,
        signal: batch.interest.signal,
      });
      handOut(results, callers);
    } catch (error) {
      if (callers.length > 1 && isInputRefused(error)) {
        await this.sendInHalves(callers, batch);
      } else {
        for (const { result } of callers) result.reject(error);
      }
    }
  }

  /** One caller's text may be to blame. Halving finds it with few calls, and the others get their results. */
  private async sendInHalves(callers: readonly Caller[], batch: Batch): Promise<void> {
    const middle = Math.ceil(callers.length / 2);
    await Promise.all([this.send(callers.slice(0, middle), batch), this.send(callers.slice(middle), batch)]);
  }
}

function handOut(results: readonly EmbeddedText[], callers: readonly Caller[]): void {
  let start = 0;
  for (const { request, result } of callers) {
    const end = start + request.texts.length;
    result.resolve(results.slice(start, end));
    start = end;
  }
}
