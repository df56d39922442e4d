import { type EnvironmentVariables, loadConfig } from '../../src/config/load-config.js';
import { AllTenantsDatabase } from '../../src/core/database/all-tenants-database.js';
import { openDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { Sessions } from '../../src/core/database/sessions.js';

/** A database as the service uses it. */
export interface OpenDatabase {
  readonly database: Database;
  readonly allTenants: AllTenantsDatabase;
  close(): Promise<void>;
}

export async function openDatabase(variables: EnvironmentVariables): Promise<OpenDatabase> {
  const config = loadConfig(variables);
  const dataSource = await openDataSource(config.database);
  const sessions = new Sessions(dataSource);
  return {
    database: new Database(sessions, config),
    allTenants: new AllTenantsDatabase(sessions, config),
    close: () => dataSource.destroy(),
  };
}
