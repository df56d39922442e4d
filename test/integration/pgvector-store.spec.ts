import { loadConfig } from '../../src/config/load-config.js';
import { openDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { PgVectorStore } from '../../src/core/vector-store/pgvector/pgvector-store.js';
import { describeVectorStoreContract } from '../contracts/vector-store.contract.js';
import { createTestDatabase } from '../support/test-database.js';

describeVectorStoreContract('pgvector', async () => {
  const home = await createTestDatabase();
  const dataSource = await openDataSource(loadConfig(home.variables).database);
  return {
    store: new PgVectorStore(new Database(dataSource)),
    close: async () => {
      await dataSource.destroy();
      await home.remove();
    },
  };
});
