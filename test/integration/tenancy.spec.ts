import { randomUUID } from 'node:crypto';
import { TaskHistory } from '../../src/complexity/history/task-history.js';
import type { OutcomeToKeep } from '../../src/complexity/history/outcome.js';
import { JobBell } from '../../src/core/jobs/job-bell.js';
import { JobFiles } from '../../src/core/jobs/job-files.js';
import { Jobs } from '../../src/core/jobs/jobs.js';
import { PgVectorStore } from '../../src/core/vector-store/pgvector/pgvector-store.js';
import { loadConfig } from '../../src/config/load-config.js';
import { content } from '../support/job-test-bed.js';
import { type OpenDatabase, openDatabase } from '../support/open-database.js';
import { document } from '../support/stored-documents.js';
import { asTenant } from '../support/tenants.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const TENANTS = ['acme', 'zeta'];
/** What each tenant has in each table: other counts, so that mixing them up shows. */
const COUNTS = { acme: 2, zeta: 3 } as const;
/** Tables that hold nobody's data. */
const COMMON_TABLES = ['migrations'];

interface TableRow {
  readonly name: string;
  readonly owner: string;
  readonly isForced: boolean;
  readonly hasTenant: boolean;
}

describe('the database', () => {
  let home: TestDatabase;
  let opened: OpenDatabase;
  let tables: TableRow[];

  beforeAll(async () => {
    home = await createTestDatabase();
    opened = await openDatabase({ ...home.variables, TENANCY: 'on' });
    for (const tenant of TENANTS)
      await asTenant(tenant, () => fill(opened, COUNTS[tenant as keyof typeof COUNTS]));
    tables = await opened.allTenants.query<TableRow>(
      `select relname as name, pg_get_userbyid(relowner) as owner,
         relrowsecurity and relforcerowsecurity as "isForced",
         exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'tenant') as "hasTenant"
       from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
       order by relname`,
    );
  });

  afterAll(async () => {
    await opened.close();
    await home.remove();
  });

  const count = async (table: string) => (await opened.database.query(`select from ${table}`)).length;
  const withTenant = () => tables.filter(({ hasTenant }) => hasTenant).map(({ name }) => name);

  it('protects every table, as a role that is bound by it', async () => {
    expect(tables.filter(({ isForced }) => !isForced).map(({ name }) => name)).toEqual(COMMON_TABLES);
    const [role] = await opened.allTenants.query<{ name: string; bypasses: boolean }>(
      'select rolname as name, rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user',
    );
    expect(role?.bypasses).toBe(false);
    expect([...new Set(tables.map(({ owner }) => owner))]).toEqual([role?.name]);
    expect(withTenant().length).toBeGreaterThan(6);
  });

  it.each(TENANTS)('shows %s its own rows alone, whatever the statement', async (tenant) => {
    const expected = COUNTS[tenant as keyof typeof COUNTS];
    await asTenant(tenant, async () => {
      for (const table of withTenant()) {
        expect([table, await count(table)]).toEqual([table, expected]);
        const rows = await opened.database.query<{ tenant: string }>(`select distinct tenant from ${table}`);
        expect(rows).toEqual([{ tenant }]);
      }
      expect(await count('chunks')).toBe(expected);
      expect(await count('postings')).toBe(expected);
    });
  });

  it("shows nobody the inside of another's collection, even by the table's name", async () => {
    const partitions = tables
      .filter(({ name }) => /^(?:chunks|postings)_\d+$/u.test(name))
      .map(({ name }) => name);
    expect(partitions.length).toBe(2 * (COUNTS.acme + COUNTS.zeta));
    const visible = async (tenant: string) =>
      asTenant(tenant, async () => {
        const counts = await Promise.all(partitions.map(count));
        return partitions.filter((_, index) => counts[index]! > 0);
      });
    const [ours, theirs] = [await visible('acme'), await visible('zeta')];
    expect([ours.length, theirs.length]).toEqual([2 * COUNTS.acme, 2 * COUNTS.zeta]);
    expect(ours.filter((name) => theirs.includes(name))).toEqual([]);
  });

  it("changes and deletes nothing of another's", async () => {
    for (const table of withTenant()) {
      const touched = await asTenant('nobody', () =>
        opened.database.transaction(async (transaction) => [
          ...(await transaction.query(`update ${table} set tenant = tenant returning 1`)),
          ...(await transaction.query(`delete from ${table} returning 1`)),
        ]),
      );
      expect(touched).toEqual([]);
    }
    await asTenant('zeta', async () => {
      for (const table of withTenant()) expect(await count(table)).toBe(COUNTS.zeta);
    });
  });

  it('lets nobody give rows away, or put any into what is not theirs', async () => {
    const [collection] = await asTenant('zeta', () =>
      opened.database.query<{ id: number }>('select id from collections limit 1'),
    );
    await asTenant('acme', async () => {
      const { database } = opened;
      await expect(database.query(`update jobs set tenant = 'zeta'`)).rejects.toThrow('row-level security');
      await expect(database.query(`update jobs set tenant = '*'`)).rejects.toThrow();
      const insert = (id: number, tenant: string) =>
        database.query(
          `insert into documents (tenant, collection_id, id, content_hash, metadata, character_count, chunk_count)
           values ($2, $1, 'x', '', '{}', 0, 0)`,
          [id, tenant],
        );
      await expect(insert(collection!.id, 'zeta')).rejects.toThrow('row-level security');
      await expect(insert(collection!.id, 'acme')).rejects.toThrow('foreign key');
      const chunks = `chunks_${collection!.id}`;
      await expect(
        database.query(
          `insert into ${chunks} (collection_id, document_id, chunk_index, start_offset, end_offset, text, input_hash,
             term_count, embedding) values ($1, 'x', 0, 0, 0, '', '', 0, '[1,2,3,4]')`,
          [collection!.id],
        ),
      ).rejects.toThrow('row-level security');
    });
  });

  it('shows nothing to work that is for nobody', async () => {
    await expect(opened.database.query('select 1')).rejects.toThrow('whose data');
  });

  it('keeps what runs at the same time apart', async () => {
    const counts = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        asTenant(TENANTS[index % 2]!, async () =>
          index % 3 === 0
            ? opened.database.transaction(
                async (transaction) => (await transaction.query('select from jobs')).length,
              )
            : count('jobs'),
        ),
      ),
    );
    expect(counts).toEqual(
      Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? COUNTS.acme : COUNTS.zeta)),
    );
  });

  it('lets the service see all of the tables that it looks after, and of no others', async () => {
    const all = COUNTS.acme + COUNTS.zeta;
    const seen = await Promise.all(
      withTenant().map(async (table) => [
        table,
        (await opened.allTenants.query(`select from ${table}`)).length,
      ]),
    );
    expect(Object.fromEntries(seen)).toEqual({
      collections: all,
      jobs: all,
      job_files: all,
      task_estimates: all,
      qdrant_leftovers: all,
      documents: 0,
      task_histories: 0,
      task_outcomes: 0,
      qdrant_collections: 0,
      qdrant_documents: 0,
      qdrant_terms: 0,
    });
  });
});

/** What there is about a document whose chunks are in Qdrant. */
const QDRANT_ROWS = [
  'insert into qdrant_collections (collection_id) values ($1)',
  `insert into qdrant_documents (collection_id, document_id, version, chunk_count, term_count, terms, bytes)
   values ($1, 'same', gen_random_uuid(), 1, 1, '{}', 0)`,
  `insert into qdrant_terms (collection_id, term, chunk_count) values ($1, 'word', 1)`,
  `insert into qdrant_leftovers (dimensions, collection_key, remove_after)
   select 4, key, now() from qdrant_collections where collection_id = $1`,
];

/** So many rows in each table. */
async function fill({ database }: OpenDatabase, rows: number): Promise<void> {
  const config = loadConfig({});
  const store = new PgVectorStore(database);
  const files = new JobFiles(database, config);
  const jobs = new Jobs(database, files, new JobBell(), config);
  const history = new TaskHistory(database);
  for (let index = 0; index < rows; index += 1) {
    const collection = await store.ensureCollection(`same-${index}`, 'model', 4);
    await store.replaceDocuments(collection, [document('same', ['word'])]);
    for (const statement of QDRANT_ROWS) await database.query(statement, [collection.id]);
    await jobs.submit({
      kind: 'test.work',
      payload: {},
      idempotencyKey: `same-${index}`,
      files: [{ name: 'a', open: () => content(Buffer.from('a')) }],
    });
    await history.keep(`same-${index}`, [outcome('same')]);
    const { task } = outcome('same');
    await history.keepEstimate({
      id: randomUUID(),
      project: 'same',
      task,
      level: 1,
      hours: 1,
      hoursLow: 1,
      hoursHigh: 1,
      storyPoints: null,
      method: 'heuristic',
    });
  }
}

function outcome(id: string): OutcomeToKeep {
  return {
    id,
    task: {
      title: 'Fix a typo',
      description: '',
      issueType: null,
      labels: [],
      milestone: null,
      projectContext: '',
      relatedFiles: [],
    },
    completedAt: null,
    actualHours: 1,
    storyPoints: null,
    complexity: null,
    metrics: null,
    estimate: null,
  };
}
