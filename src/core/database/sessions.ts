import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { DataSource, type QueryRunner } from 'typeorm';
import { translateDatabaseError } from './database-errors.js';
import { PreparedStatements } from './prepared-statements.js';
import { ENTER } from './tenancy/tenant-policies.js';
import { Turns } from './turns.js';

/** The part of `pg`'s pool that counts. */
interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** The part of `pg`'s client that a prepared statement needs. */
interface Connection {
  query(query: { name?: string | undefined; text: string; values: unknown[] }): Promise<{ rows: object[] }>;
}

/** The pool of connections. Each remembers whose rows it shows, so that it is told only when that changes. */
@Injectable()
export class Sessions {
  private readonly tenants = new WeakMap<object, string>();
  private readonly prepared = new PreparedStatements();
  /** Those who wait for a connection. */
  readonly turns = new Turns();
  private readonly openTransaction = new AsyncLocalStorage<true>();
  /** When the database last answered, by `performance.now()`. */
  lastSuccess = -Infinity;

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
   * Does work on a connection that shows one tenant's rows.
   * @throws UnavailableError when the database can't be reached, or has too much to do already
   */
  async run<T>(tenant: string, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    // With the one connection of the embedded database this would wait for itself for ever.
    if (this.openTransaction.getStore()) {
      throw new Error("Inside a transaction, query through the transaction's own handle.");
    }
    try {
      const runner = await this.take();
      try {
        await this.enter(runner, tenant);
        const result = await work(runner);
        this.lastSuccess = performance.now();
        return result;
      } finally {
        await runner.release();
      }
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }

  /** Runs a statement that the connection remembers, for the next time. */
  async runPrepared(runner: QueryRunner, text: string, parameters: readonly unknown[]): Promise<object[]> {
    const connection = (await runner.connect()) as Connection;
    const name = this.prepared.nameOn(connection, text);
    return (await connection.query({ name, text, values: [...parameters] })).rows;
  }

  /** Does the work of a transaction or session, which `run` refuses to be called from. */
  inTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.openTransaction.run(true, work);
  }

  private async take(): Promise<QueryRunner> {
    const runner = this.dataSource.createQueryRunner();
    // Released while it waits, a runner would keep the connection that it gets later.
    await this.turns.wait({ take: () => runner.connect(), giveBack: () => runner.release() });
    return runner;
  }

  private async enter(runner: QueryRunner, tenant: string): Promise<void> {
    const connection = (await runner.connect()) as object;
    if (this.tenants.get(connection) === tenant) return;
    this.tenants.delete(connection);
    await runner.query(ENTER, [tenant]);
    this.tenants.set(connection, tenant);
  }
}
