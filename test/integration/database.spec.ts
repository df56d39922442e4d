import { randomUUID } from 'node:crypto';
import { UnavailableError } from '../../src/common/errors/unavailable.error.js';
import type { Database } from '../../src/core/database/database.js';
import { type OpenDatabase, openDatabase } from '../support/open-database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describe('Database', () => {
  let home: TestDatabase;
  let opened: OpenDatabase;
  let database: Database;

  beforeAll(async () => {
    home = await createTestDatabase();
    opened = await openDatabase({
      ...home.variables,
      // It bounds the opening as well, which takes a while on a busy machine.
      DATABASE_ACQUIRE_TIMEOUT_MS: '3000',
      DATABASE_POOL_SIZE: '3',
    });
    database = opened.database;
    await database.query('create table notes (id text primary key, number integer)');
  });

  afterAll(async () => {
    await opened.close();
    await home.remove();
  });

  beforeEach(() => database.query('delete from notes'));

  const numbers = async () => {
    const rows = await database.query<{ number: number }>('select number from notes order by number');
    return rows.map(({ number }) => number);
  };
  const insert = (number: number) => [`insert into notes values ($1, $2)`, [randomUUID(), number]] as const;

  it('keeps concurrent transactions apart: only the rolled back row is missing', async () => {
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((number) =>
        database.transaction(async (transaction) => {
          await transaction.query(...insert(number));
          await transaction.query('select pg_sleep(0.02)');
          if (number === 2) throw new Error('changed my mind');
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await numbers()).toEqual([1, 3]);
  });

  it("runs a statement that it remembers with other values, and on what has come in its table's place", async () => {
    const statement = 'select number from drafts where number > $1 order by number';
    const found = async (above: number) =>
      (await database.queryPrepared<{ number: number }>(statement, [above])).map(({ number }) => number);
    await database.query('create table drafts as select generate_series(1, 9) as number');
    for (let above = 0; above < 9; above += 1) expect(await found(above)).toHaveLength(9 - above);
    await database.query('drop table drafts');
    await expect(found(0)).rejects.toMatchObject({ code: '42P01' });
    await database.query('create table drafts (text text, number integer)');
    await database.query(`insert into drafts values ('first', 7)`);
    expect(await found(0)).toEqual([7]);
    await database.query('drop table drafts');
  });

  it('rolls back after a failed statement, and the next user finds a clean session', async () => {
    await expect(
      database.transaction(async (transaction) => {
        await transaction.query(...insert(1));
        await transaction.query('select 1/0');
      }),
    ).rejects.toThrow('division by zero');
    await database.query(...insert(2));
    expect(await numbers()).toEqual([2]);
  });

  it('refuses a query past the open transaction instead of waiting for itself', async () => {
    await expect(database.transaction(() => database.query('select 1'))).rejects.toThrow(
      "through the transaction's own handle",
    );
    await expect(database.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  it('returns the rows of every kind of statement', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await expect(
      database.query('insert into notes values ($1, 1), ($2, 2) returning number', [id, other]),
    ).resolves.toEqual([{ number: 1 }, { number: 2 }]);
    await expect(
      database.query('update notes set number = 3 where id = $1 returning number', [id]),
    ).resolves.toEqual([{ number: 3 }]);
    await expect(database.query('delete from notes where id = $1 returning number', [id])).resolves.toEqual([
      { number: 3 },
    ]);
  });

  it('says that it is unavailable when no connection gets free in time', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holders = [1, 2, 3].map(() => database.transaction(() => held).catch((error: unknown) => error));
    await expect(database.query('select 1')).rejects.toBeInstanceOf(UnavailableError);
    release();
    await Promise.all(holders);
    await expect(database.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  it('is reachable for whoever asks while others are being answered', async () => {
    await database.query('select 1');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holders = [1, 2, 3].map(() => database.transaction(() => held));
    await expect(database.ping()).resolves.toBeUndefined();
    release();
    await Promise.all(holders);
  });

  it('runs a deadlocked transaction again', async () => {
    await database.query(...insert(1));
    const [lower, upper] = [randomUUID(), randomUUID()];
    await database.query('insert into notes values ($1, 10), ($2, 20)', [lower, upper]);
    const raise = (first: string, second: string) =>
      database.transaction(async (transaction) => {
        for (const id of [first, second]) {
          await transaction.query('update notes set number = number + 1 where id = $1', [id]);
          await transaction.query('select pg_sleep(0.05)');
        }
      });
    await Promise.all([raise(lower, upper), raise(upper, lower)]);
    expect(await numbers()).toEqual([1, 12, 22]);
  });

  it('carries large parameters and results, and errors of any phase', async () => {
    const text = 'x'.repeat(8_000_000);
    const [row] = await database.query<{ length: number; doubled: string }>(
      'select length($1::text) as length, $1 || $1 as doubled',
      [text],
    );
    expect([row?.length, row?.doubled.length]).toEqual([8_000_000, 16_000_000]);
    for (const [statement, parameters, message] of [
      ['selec $1', [1], 'syntax error'],
      ['select * from nothing where a = $1', [1], 'does not exist'],
      ['select $1::int', ['seven'], 'invalid input syntax'],
      ['select 1 / $1::int', [0], 'division by zero'],
    ] as const) {
      await expect(database.query(statement, parameters)).rejects.toThrow(message);
      await expect(database.query('select $1::text as echo', [statement])).resolves.toEqual([
        { echo: statement },
      ]);
    }
  });
});
