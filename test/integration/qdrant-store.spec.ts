import { loadConfig } from '../../src/config/load-config.js';
import { QdrantStore } from '../../src/core/vector-store/qdrant/qdrant-store.js';
import { describeVectorStoreContract } from '../contracts/vector-store.contract.js';
import { openDatabase } from '../support/open-database.js';
import { connectTestQdrant } from '../support/qdrant/test-qdrant.js';
import { createTestDatabase } from '../support/test-database.js';

describeVectorStoreContract('Qdrant', async () => {
  const home = await createTestDatabase();
  const qdrant = await connectTestQdrant();
  const opened = await openDatabase(home.variables);
  const { vectorStore } = loadConfig(qdrant.variables);
  if (vectorStore.kind !== 'qdrant') throw new Error('Qdrant is not configured.');
  return {
    store: new QdrantStore(opened.database, opened.allTenants, vectorStore),
    close: async () => {
      await opened.close();
      await home.remove();
      await qdrant.remove();
    },
  };
});
