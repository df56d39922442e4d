import type { DatabaseConfig } from '../../../config/settings/database.settings.js';
import { EmbeddedPostgres } from './embedded-postgres.js';

/**
 * Starts the database inside this process; null where the settings name another one.
 * @throws DataDirectoryInUseError when another process works on its folder
 */
export async function startEmbeddedPostgres(config: DatabaseConfig): Promise<EmbeddedPostgres | null> {
  return config.kind === 'embedded' ? EmbeddedPostgres.start(config.directory) : null;
}
