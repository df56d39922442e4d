import { ConflictError } from '../../src/common/errors/conflict.error.js';
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

describe('PgVectorStore', () => {
  it('keeps a collection whose chunks another store holds', async () => {
    const home = await createTestDatabase();
    const opened = await openDatabase(home.variables);
    try {
      const store = new PgVectorStore(opened.database);
      await opened.database.query(
        `insert into collections (name, embedding_model, dimensions) values ('elsewhere', 'm', 4)`,
      );
      await expect(store.deleteCollection('elsewhere')).rejects.toBeInstanceOf(ConflictError);
      await expect(store.findCollection('elsewhere')).resolves.toMatchObject({ name: 'elsewhere' });
    } finally {
      await opened.close();
      await home.remove();
    }
  });
});
