import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { inSpan } from '../../common/tracing/span.js';
import { isRetryable } from './database-errors.js';
import type { Sessions } from './sessions.js';

/** Runs single statements: the database itself, or a transaction in it. */
export interface Queryable {
  /**
   * @param parameters values of `$1`, `$2`, …; a Buffer travels in binary
   * @returns the rows, also those of `… returning`
   * @throws UnavailableError when the database can't be reached; TypeORM's QueryFailedError for anything else
   */
  query<Row extends object>(statement: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

const MAX_ATTEMPTS = 4;

/** A way into the database that shows the rows of whom `tenant` says, and no others. */
export abstract class DatabaseDoor implements Queryable {
  constructor(protected readonly sessions: Sessions) {}

  /** Whose rows what is done now sees. */
  protected abstract tenant(): string;

  async query<Row extends object>(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.sessions.run(this.tenant(), (runner) => run<Row>(runner, statement, parameters));
  }

  /**
   * As `query`, for a statement that comes again and again: each connection parses it once, and plans it for its values
   * until it has found out that one plan serves all of them.
   * @throws UnavailableError as `query`; pg's DatabaseError for anything else
   */
  async queryPrepared<Row extends object>(
    statement: string,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    return this.sessions.run(this.tenant(), (runner) =>
      inStatementSpan(statement, () => this.sessions.runPrepared(runner, statement, parameters)),
    ) as Promise<Row[]>;
  }

  /**
   * Runs `work` in one transaction, and again from its start when the server asks for it (deadlock). Whatever it
   * throws rolls everything back.
   */
  async transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.sessions.run(this.tenant(), (runner) => this.attempt(runner, work));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isRetryable(error)) throw error;
        await sleep(Math.random() * 20 * attempt);
      }
    }
  }

  /** Runs `work` on one connection but in no transaction, for settings and locks of a session and what needs them. */
  session<T>(work: (session: Queryable) => Promise<T>): Promise<T> {
    return this.sessions.run(this.tenant(), (runner) =>
      this.sessions.inTransaction(() =>
        work({ query: (statement, parameters = []) => run(runner, statement, parameters) }),
      ),
    );
  }

  private async attempt<T>(runner: QueryRunner, work: (transaction: Queryable) => Promise<T>): Promise<T> {
    await runner.startTransaction();
    try {
      const result = await this.sessions.inTransaction(() =>
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
}

async function run<Row extends object>(
  runner: QueryRunner,
  statement: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const result = await inStatementSpan(statement, () => runner.query(statement, [...parameters], true));
  return result.records as Row[];
}

function inStatementSpan<T>(statement: string, work: () => Promise<T>): Promise<T> {
  const operation = /^\s*(?<word>\w+)/u.exec(statement)?.groups?.['word']?.toUpperCase() ?? 'QUERY';
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': operation };
  return inSpan({ name: operation, kind: 'client', attributes }, work);
}
