import { type DataSource, MigrationExecutor } from 'typeorm';
import { becomeOwner } from './tenancy/owning-role.js';

/** Any number, as long as every replica uses the same and nobody else does. */
const MIGRATION_LOCK = 7_235_119_204;

/** Brings the schema up to date. Replicas that start at once wait for each other, and all but one find nothing to do. */
export async function migrate(dataSource: DataSource): Promise<void> {
  // Lock and migrations share a session: the embedded database has but one.
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await becomeOwner(runner);
      // A migration that forgets about tenants fails, instead of finding no rows.
      await runner.query('set row_security = off');
      await new MigrationExecutor(dataSource, runner).executePendingMigrations();
    } finally {
      await runner.query('reset row_security');
      await runner.query('reset role');
      await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await runner.release();
  }
}
