import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DEFAULT_TENANT } from '../../../common/tenancy/tenant.js';
import { isolateRows, isolateTable } from '../tenancy/tenant-policies.js';

/** Rows belong to tenants, and are seen by nobody else. What is there already is the default tenant's. */
export class AddTenants1764014400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of [...TENANT_TABLES, ...SERVED_TABLES]) await addColumn(runner, table);
    for (const statement of KEYS) await runner.query(statement);
    for (const table of TENANT_TABLES) await runAll(runner, isolateRows(table, 'tenant'));
    for (const table of SERVED_TABLES) await runAll(runner, isolateRows(table, 'tenant and service'));
    for (const parent of PARTITIONED) await isolatePartitions(runner, parent);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...PARTITIONED, ...(await allPartitions(runner))]) await open(runner, table);
    for (const table of [...TENANT_TABLES, ...SERVED_TABLES]) await open(runner, table);
    for (const statement of FORMER_KEYS) await runner.query(statement);
    for (const table of [...TENANT_TABLES, ...SERVED_TABLES]) {
      await runner.query(`alter table ${table} drop column tenant`);
    }
  }
}

const TENANT_TABLES = ['documents', 'task_histories', 'task_outcomes'];
/** Tables that the service works on by itself. */
const SERVED_TABLES = ['collections', 'jobs', 'job_files', 'task_estimates'];
const PARTITIONED = ['chunks', 'postings'];

/** Names that clients choose are a tenant's own, and a document is where its collection is. */
const KEYS = [
  'alter table documents drop constraint documents_collection_id_fkey',
  'alter table collections drop constraint collections_name_key',
  'alter table collections add constraint collections_name_key unique (name, tenant)',
  'alter table collections add constraint collections_tenant_key unique (id, tenant)',
  `alter table documents add constraint documents_collection_id_fkey
     foreign key (collection_id, tenant) references collections (id, tenant) on delete cascade`,
  'alter table jobs drop constraint jobs_idempotency_key_key',
  'alter table jobs add constraint jobs_idempotency_key_key unique (idempotency_key, tenant)',
  'alter table task_histories drop constraint task_histories_pkey',
  'alter table task_histories add constraint task_histories_pkey primary key (tenant, project)',
  'alter table task_outcomes drop constraint task_outcomes_pkey',
  'alter table task_outcomes add constraint task_outcomes_pkey primary key (tenant, project, id)',
  'drop index task_outcomes_recency',
  'create index task_outcomes_recency on task_outcomes (tenant, project, completed_at desc, position desc)',
];

const FORMER_KEYS = [
  'alter table documents drop constraint documents_collection_id_fkey',
  'alter table collections drop constraint collections_name_key, drop constraint collections_tenant_key',
  'alter table collections add constraint collections_name_key unique (name)',
  `alter table documents add constraint documents_collection_id_fkey
     foreign key (collection_id) references collections on delete cascade`,
  'alter table jobs drop constraint jobs_idempotency_key_key',
  'alter table jobs add constraint jobs_idempotency_key_key unique (idempotency_key)',
  'alter table task_histories drop constraint task_histories_pkey',
  'alter table task_histories add constraint task_histories_pkey primary key (project)',
  'alter table task_outcomes drop constraint task_outcomes_pkey',
  'alter table task_outcomes add constraint task_outcomes_pkey primary key (project, id)',
  'drop index task_outcomes_recency',
  'create index task_outcomes_recency on task_outcomes (project, completed_at desc, position desc)',
];

// A setting that is missing or empty fails, so that no row can be nobody's.
async function addColumn(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(
    `alter table ${table} add column tenant text collate "C" not null default '${DEFAULT_TENANT}'
       check (tenant not in ('', '*'))`,
  );
  await runner.query(
    `alter table ${table} alter column tenant set default current_setting('ml_service.tenant')`,
  );
}

/** Partitions are used by their names; who goes through their parent sees those of the collections that it sees. */
async function isolatePartitions(runner: QueryRunner, parent: string): Promise<void> {
  await runner.query(`select set_config('ml_service.tenant', '${DEFAULT_TENANT}', true)`);
  for (const partition of await partitionsOf(runner, parent)) await runAll(runner, isolateTable(partition));
  await runAll(runner, [
    `alter table ${parent} enable row level security`,
    `alter table ${parent} force row level security`,
    `create policy tenant_isolation on ${parent} using (collection_id in (select id from collections))`,
  ]);
}

async function allPartitions(runner: QueryRunner): Promise<string[]> {
  const lists = await Promise.all(PARTITIONED.map((parent) => partitionsOf(runner, parent)));
  return lists.flat();
}

async function partitionsOf(runner: QueryRunner, parent: string): Promise<string[]> {
  const rows = (await runner.query(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = '${parent}'::regclass`,
  )) as { name: string }[];
  return rows.map(({ name }) => name);
}

async function open(runner: QueryRunner, table: string): Promise<void> {
  await runAll(runner, [
    `drop policy if exists tenant_isolation on ${table}`,
    `alter table ${table} no force row level security`,
    `alter table ${table} disable row level security`,
  ]);
}

async function runAll(runner: QueryRunner, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await runner.query(statement);
}
