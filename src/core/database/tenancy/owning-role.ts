import type { QueryRunner } from 'typeorm';

/** Owns the tables where the connection's own role would see through their policies. */
const OWNER = 'ml_service_owner';

/** What the service has made that is not a table's own; partitions follow their pattern. */
const RELATIONS = [
  'migrations',
  'collections',
  'documents',
  'chunks',
  'postings',
  'chunk_ids',
  'jobs',
  'job_files',
  'task_histories',
  'task_outcomes',
  'task_estimates',
  'qdrant_collections',
  'qdrant_documents',
  'qdrant_terms',
  'qdrant_leftovers',
];
const PARTITIONS = '^(chunks|postings)_[0-9]+$';

interface Role {
  readonly name: string;
  readonly superuser: boolean;
  readonly bypasses: boolean;
}

/**
 * Goes on as the role that owns the tables. Superusers, and roles that may bypass row-level security, see every
 * tenant's rows; where the connection's is such a role, one that is none is made and given the tables.
 */
export async function becomeOwner(runner: QueryRunner): Promise<void> {
  const own = await findRole(runner, 'rolname = session_user');
  if (own === null || !own.bypasses) return;
  try {
    const owner = await findRole(
      runner,
      `oid = (select relowner from pg_class where oid = to_regclass('collections'))`,
    );
    const name = owner === null || owner.bypasses ? await makeOwner(runner, own) : owner.name;
    await handOver(runner, name);
    await runner.query(`select set_config('role', $1, false)`, [name]);
  } catch (error) {
    // Such a connection does without, as long as nobody needs tenants to be kept apart.
    if (own.superuser) throw error;
    await runner.query('reset role');
  }
}

async function findRole(runner: QueryRunner, condition: string): Promise<Role | null> {
  const [role] = (await runner.query(
    `select rolname as name, rolsuper as superuser, rolsuper or rolbypassrls as bypasses
     from pg_roles where ${condition}`,
  )) as Role[];
  return role ?? null;
}

async function makeOwner(runner: QueryRunner, own: Role): Promise<string> {
  await runner.query('create extension if not exists vector');
  // Roles are common to all databases of a server, and services on several may start at once.
  await runner.query(
    `do $$ begin
       create role ${OWNER} nologin;
     exception when duplicate_object or unique_violation then null;
     end $$`,
  );
  if (!own.superuser) await runner.query(`grant ${OWNER} to session_user`);
  await runner.query(
    `do $$ begin execute format('grant usage, create on schema %I to ${OWNER}', current_schema()); end $$`,
  );
  return OWNER;
}

/** Gives the owner what somebody else made: an earlier version of the service, or a restored backup. */
async function handOver(runner: QueryRunner, owner: string): Promise<void> {
  await runner.query(
    `do $$
     declare name regclass;
     begin
       for name in
         select pg_class.oid from pg_class join pg_roles on pg_roles.oid = relowner
         where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'S') and rolname <> ${literal(owner)}
           and (relname in (${RELATIONS.map(literal).join(', ')}) or relname ~ ${literal(PARTITIONS)})
           -- Sequences of columns go with their tables.
           and not (relkind = 'S' and exists (select from pg_depend where objid = pg_class.oid and deptype in ('a', 'i')))
       loop
         execute format('alter table %s owner to %I', name, ${literal(owner)});
       end loop;
     end $$`,
  );
}

/** What a `do` block takes, which has no parameters. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
