import type { DataSource } from 'typeorm';
import { ConfigurationError } from '../../../config/configuration.error.js';
import { ALL_TENANTS, ENTER } from './tenant-policies.js';

/**
 * Makes sure that the database keeps tenants apart, as whoever works with it.
 * @throws ConfigurationError when it would not
 */
export async function requireIsolation(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(ENTER, [ALL_TENANTS]);
    const [role] = (await runner.query(
      'select rolname as name, rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user',
    )) as { name: string; bypasses: boolean }[];
    if (role === undefined || role.bypasses) {
      throw new ConfigurationError([
        `TENANCY is on, but the role ${role?.name ?? ''} of DATABASE_URL sees every tenant's rows and can't make one ` +
          'that does not; connect as a role without SUPERUSER and BYPASSRLS that owns the tables',
      ]);
    }
    const open = (await runner.query(UNPROTECTED)) as { name: string }[];
    if (open.length > 0) {
      const names = open.map(({ name }) => name).join(', ');
      throw new ConfigurationError([`TENANCY is on, but row-level security is not in force on ${names}`]);
    }
  } finally {
    await runner.query('reset role').catch(() => undefined);
    await runner.release();
  }
}

/** Tables with a tenant in their rows, and partitions, where that protects nothing. */
const UNPROTECTED = `
  select relname as name from pg_class
  where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
    and not (relrowsecurity and relforcerowsecurity)
    and (
      exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'tenant' and not attisdropped)
      or pg_class.oid in ('chunks'::regclass, 'postings'::regclass)
      or exists (
        select from pg_inherits where inhrelid = pg_class.oid and inhparent in ('chunks'::regclass, 'postings'::regclass)
      )
    )
  order by relname limit 10`;
