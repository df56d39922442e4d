import { PgVectorStore } from '../../src/core/vector-store/pgvector/pgvector-store.js';
import { describeVectorStoreContract } from '../contracts/vector-store.contract.js';
import { openDatabase } from '../support/open-database.js';
import { createTestDatabase } from '../support/test-database.js';

describeVectorStoreContract('pgvector', async () => {
  const home = await createTestDatabase();
  const opened = await openDatabase(home.variables);
  return {
    store: new PgVectorStore(opened.database),
    close: async () => {
      await opened.close();
      await home.remove();
    },
  };
});
