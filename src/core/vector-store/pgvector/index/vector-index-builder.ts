import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppConfig } from '../../../../config/app-config.js';
import { AllTenantsDatabase } from '../../../database/all-tenants-database.js';
import type { Queryable } from '../../../database/database.js';
import { cancelIndexBuild } from './cancel-index-build.js';
import { buildIndex } from './index-building.js';
import { type UnindexedCollection, unindexedCollections } from './unindexed-collections.js';
import type { IndexedCollection } from './vector-index.js';

/** Any number, as long as every replica uses the same and nobody else does. */
const BUILD_LOCK = 7_235_119_205;
const ROUND_MS = 10_000;
/** How soon to try again where another build is under way. */
const RETRY_MS = 500;
/** A build that has only just begun can't be cancelled yet. */
const CANCEL_MS = 200;

/**
 * Builds indexes on the vectors of collections that have grown large, one at a time whatever the number of replicas,
 * while others read and write. Not in the embedded database, whose one session would do nothing else meanwhile.
 */
@Injectable()
export class VectorIndexBuilder implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(VectorIndexBuilder.name);
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private building: UnindexedCollection | null = null;
  private isStopped = false;

  constructor(
    private readonly database: AllTenantsDatabase,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.database.kind === 'embedded') return;
    this.timer = setInterval(() => {
      this.start();
    }, ROUND_MS);
    this.timer.unref();
  }

  /** Gives up what is being built; whoever comes next begins it anew. */
  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    const { building } = this;
    if (building !== null) await this.cancel(building.id);
    await this.running;
  }

  /** Builds all that is due, unless another replica is at it. */
  async round(): Promise<void> {
    const due = await unindexedCollections(this.database);
    if (due.length > 0) await this.database.session((session) => this.buildAll(session, due));
  }

  /**
   * Builds the index of a collection that is large enough for one, however lately it was written to, once nothing else
   * is being built. A failure is logged, and left to a later round.
   */
  async buildNow({ id }: IndexedCollection, signal: AbortSignal): Promise<void> {
    if (this.config.database.kind === 'embedded') return;
    const isDue = async () =>
      (await unindexedCollections(this.database, true)).filter((collection) => collection.id === id);
    const cancelling = cancelWhenAborted(signal, () => this.cancel(id));
    try {
      for (let due = await isDue(); due.length > 0 && !this.isStopped; due = await isDue()) {
        signal.throwIfAborted();
        if (await this.database.session((session) => this.buildAll(session, due))) return;
        await sleep(RETRY_MS, undefined, { signal });
      }
    } finally {
      cancelling.stop();
    }
  }

  private start(): void {
    this.running ??= this.round()
      .catch((error: unknown) => {
        if (!this.isStopped) this.logger.warn(`Indexes could not be built: ${String(error)}`);
      })
      .finally(() => {
        this.running = null;
      });
  }

  private async cancel(id: number): Promise<void> {
    await this.database
      .transaction((transaction) => cancelIndexBuild(transaction, id))
      .catch(() => undefined);
  }

  /** @returns whether it was this replica's turn */
  private async buildAll(session: Queryable, due: readonly UnindexedCollection[]): Promise<boolean> {
    const [lock] = await session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      BUILD_LOCK,
    ]);
    if (lock?.taken !== true) return false;
    try {
      for (const collection of due) {
        if (!this.isStopped) await this.build(session, collection);
      }
      return true;
    } finally {
      await session.query('select pg_advisory_unlock($1)', [BUILD_LOCK]);
    }
  }

  /** One that fails, because its collection was deleted or for any other reason, doesn't keep the others from theirs. */
  private async build(session: Queryable, collection: UnindexedCollection): Promise<void> {
    const startedAt = performance.now();
    const name = `collection ${collection.id} (${collection.chunks} vectors)`;
    this.building = collection;
    try {
      const isBuilt = await buildIndex(session, collection);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (isBuilt) this.logger.log(`Built the index of ${name} in ${seconds} s.`);
    } catch (error) {
      this.logger.warn(`The index of ${name} was not built: ${String(error)}`);
    } finally {
      this.building = null;
    }
  }
}

/** Calls `cancel` again and again from when `signal` is aborted until it is stopped. */
function cancelWhenAborted(signal: AbortSignal, cancel: () => Promise<void>): { stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setInterval(() => void cancel(), CANCEL_MS);
  };
  signal.addEventListener('abort', begin, { once: true });
  return {
    stop: () => {
      signal.removeEventListener('abort', begin);
      clearInterval(timer);
    },
  };
}
