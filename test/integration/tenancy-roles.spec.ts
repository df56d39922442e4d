import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ConfigurationError } from '../../src/config/configuration.error.js';
import { loadConfig } from '../../src/config/load-config.js';
import { openDataSource } from '../../src/core/database/data-source.js';
import { requireIsolation } from '../../src/core/database/tenancy/require-isolation.js';
import { PgVectorStore } from '../../src/core/vector-store/pgvector/pgvector-store.js';
import { openDatabase } from '../support/open-database.js';
import { asTenant } from '../support/tenants.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const describeWithServer = process.env['TEST_DATABASE_URL'] === undefined ? describe.skip : describe;

describeWithServer('tenants on a PostgreSQL server', () => {
  let home: TestDatabase;
  let admin: pg.Client;
  const role = `ml_service_test_${randomBytes(6).toString('hex')}`;

  beforeEach(async () => {
    home = await createTestDatabase();
    admin = new pg.Client({ connectionString: home.variables['DATABASE_URL'] });
    await admin.connect();
  });

  afterEach(async () => {
    await admin.end();
    await home.remove();
    const server = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
    await server.connect();
    await server.query(`drop role if exists ${role}`);
    await server.end();
  });

  /** The database, for a role that an administrator has made. */
  async function variablesOf(attributes: string) {
    await admin.query('create extension vector');
    await admin.query(`create role ${role} login ${attributes}`);
    await admin.query(`grant all on schema public to ${role}`);
    const url = new URL(home.variables['DATABASE_URL']!);
    url.username = role;
    return { DATABASE_URL: url.href, TENANCY: 'on' };
  }

  async function ownersOf(): Promise<string[]> {
    const { rows } = await admin.query<{ owner: string }>(
      `select distinct pg_get_userbyid(relowner) as owner from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S')
         and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')`,
    );
    return rows.map(({ owner }) => owner);
  }

  async function isIsolated(variables: Record<string, string | undefined>): Promise<void> {
    const opened = await openDatabase({ ...variables, TENANCY: 'on' });
    try {
      for (const name of ['acme', 'zeta']) {
        await asTenant(name, () =>
          opened.database.query(
            `insert into collections (name, embedding_model, dimensions) values ('same', 'm', 4)`,
          ),
        );
      }
      const seen = await asTenant('acme', () => opened.database.query('select tenant from collections'));
      expect(seen).toEqual([{ tenant: 'acme' }]);
    } finally {
      await opened.close();
    }
  }

  it('are kept apart for a role that owns the tables and is nothing special', async () => {
    const variables = await variablesOf('nosuperuser');
    await isIsolated(variables);
    expect(await ownersOf()).toEqual([role]);
    await admin.query(`drop owned by ${role}`);
  });

  it('are kept apart for a superuser, also where it owned the tables', async () => {
    const earlier = await openDatabase(home.variables);
    await new PgVectorStore(earlier.database).ensureCollection('old', 'm', 4);
    await earlier.close();
    const { rows } = await admin.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    for (const { name } of rows) await admin.query(`alter table ${name} owner to postgres`);
    await admin.query('alter sequence chunk_ids owner to postgres');
    await isIsolated(home.variables);
    expect(await ownersOf()).toEqual(['ml_service_owner']);
    const again = await openDatabase(home.variables);
    const store = new PgVectorStore(again.database);
    expect(await store.deleteCollection('old')).not.toBeNull();
    await store.ensureCollection('new', 'm', 4);
    await again.close();
  });

  it('are refused where nothing would keep them apart', async () => {
    const { DATABASE_URL, TENANCY } = await variablesOf('nosuperuser nocreaterole bypassrls');
    const dataSource = await openDataSource(loadConfig({ DATABASE_URL, TENANCY }).database);
    await expect(requireIsolation(dataSource)).rejects.toThrow(ConfigurationError);
    await dataSource.destroy();
    await admin.query(`drop owned by ${role}`);
  });

  it('are refused where somebody has opened a table', async () => {
    const config = loadConfig({ ...home.variables, TENANCY: 'on' });
    const dataSource = await openDataSource(config.database);
    await requireIsolation(dataSource);
    await admin.query('alter table jobs no force row level security');
    await expect(requireIsolation(dataSource)).rejects.toThrow('not in force on jobs');
    await dataSource.destroy();
  });
});
