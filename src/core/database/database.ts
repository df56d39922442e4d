import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type QueryRunner } from 'typeorm';
import { isRetryable, translateDatabaseError } from './database-errors.js';

/** Runs single statements: the database itself, or a transaction in it. */
export interface Queryable {
  /**
   * @param parameters values of `$1`, `$2`, …; a Buffer travels in binary
   * @returns the rows, also those of `… returning`
   * @throws UnavailableError when the database can't be reached; TypeORM's QueryFailedError for anything else
   */
  query<Row extends object>(statement: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** The part of `pg`'s pool that counts. */
interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

const MAX_ATTEMPTS = 4;
/** How long an answer shows that the database is there. */
const FRESH_MS = 2000;

/** The only door to the database. */
@Injectable()
export class Database implements Queryable {
  private readonly openTransaction = new AsyncLocalStorage<true>();
  private lastSuccess = -Infinity;

  constructor(private readonly dataSource: DataSource) {}

  /** Connections of this process's pool. */
  connections(): Record<'busy' | 'idle' | 'waited_for', number> {
    const { master } = this.dataSource.driver as unknown as { readonly master: PoolCounts };
    return {
      busy: master.totalCount - master.idleCount,
      idle: master.idleCount,
      waited_for: master.waitingCount,
    };
  }

  /**
   * Rejects when the database can't be used. One that has just answered somebody can: behind the one connection of
   * the embedded database, a question of our own might wait for its turn too long.
   * @throws UnavailableError
   */
  async ping(): Promise<void> {
    if (performance.now() - this.lastSuccess > FRESH_MS) await this.query('select 1');
  }

  async query<Row extends object>(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    // With the one connection of the embedded database this would wait for itself for ever.
    if (this.openTransaction.getStore()) {
      throw new Error("Inside a transaction, query through the transaction's own handle.");
    }
    return this.withRunner((runner) => run<Row>(runner, statement, parameters));
  }

  /**
   * Runs `work` in one transaction, and again from its start when the server asks for it (deadlock). Whatever it
   * throws rolls everything back.
   */
  async transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.withRunner((runner) => this.attempt(runner, work));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isRetryable(error)) throw error;
        await sleep(Math.random() * 20 * attempt);
      }
    }
  }

  private async attempt<T>(runner: QueryRunner, work: (transaction: Queryable) => Promise<T>): Promise<T> {
    await runner.startTransaction();
    try {
      const result = await this.openTransaction.run(true, () =>
        work({ query: (statement, parameters = []) => run(runner, statement, parameters) }),
      );
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // Where even the rollback fails, the connection is gone and the server rolls back by itself.
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      const result = await work(runner);
      this.lastSuccess = performance.now();
      return result;
    } catch (error) {
      throw translateDatabaseError(error);
    } finally {
      await runner.release();
    }
  }
}

async function run<Row extends object>(
  runner: QueryRunner,
  statement: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const result = await runner.query(statement, [...parameters], true);
  return result.records as Row[];
}
