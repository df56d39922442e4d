import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Semaphore } from '../../common/async/semaphore.js';
import { UnavailableError } from '../../common/errors/unavailable.error.js';
import { SchemaError } from './resolve-references.js';

/** Enough for any schema within bounds that somebody means well, on a busy machine too. */
const TIME_LIMIT_MS = 2500;
const MAX_MEMORY_MEBIBYTES = 128;
const MAX_WAITING = 100;

export interface SchemaTask {
  /** As JSON. */
  readonly schema: string;
  /** To be checked against it, as JSON; the schema is only compiled when it is absent. */
  readonly value?: string;
}

type Reply = { readonly problems: string[] } | { readonly refusal: string };

/**
 * Compiles clients' schemas and checks answers against them in a thread of its own, one after the other: some take
 * seconds, and no rule tells beforehand which. What takes too long is ended, and the thread with it.
 */
@Injectable()
export class SchemaWorker implements OnApplicationShutdown {
  private worker: Worker | null = null;
  private readonly turns = new Semaphore({
    permits: 1,
    maxWaiting: MAX_WAITING,
    onOverflow: () => new UnavailableError('Too many schemas are being checked; try again later.'),
  });

  /**
   * @returns what is wrong with the value
   * @throws SchemaError when the schema is none, or when it takes too much to check it
   */
  async run(task: SchemaTask, signal?: AbortSignal): Promise<string[]> {
    const reply = await this.turns.run(() => this.ask(task), signal);
    if ('refusal' in reply) throw new SchemaError(reply.refusal);
    return reply.problems;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }

  private async ask(task: SchemaTask): Promise<Reply> {
    const worker = this.worker ?? (await this.start());
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort();
    }, TIME_LIMIT_MS);
    try {
      worker.postMessage(task);
      const [reply] = (await once(worker, 'message', { signal: limit.signal })) as [Reply];
      return reply;
    } catch {
      await this.end();
      throw new SchemaError('takes too long to check; use fewer parts and simpler patterns');
    } finally {
      clearTimeout(timer);
    }
  }

  private async start(): Promise<Worker> {
    const worker = new Worker(new URL('./schema-worker.mjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MEBIBYTES },
    });
    worker.unref();
    // Whoever waits for an answer is told; without a listener it would end the process.
    worker.on('error', () => {
      if (this.worker === worker) this.worker = null;
    });
    await once(worker, 'message');
    this.worker = worker;
    return worker;
  }

  private async end(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}
