import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { AllTenantsDatabase } from '../database/all-tenants-database.js';
import { Database } from '../database/database.js';
import { VectorIndexBuilder } from './pgvector/index/vector-index-builder.js';
import { PgVectorStore } from './pgvector/pgvector-store.js';
import { VectorStore } from './vector-store.js';

@Module({
  providers: [
    {
      provide: VectorStore,
      inject: [Database, AllTenantsDatabase, AppConfig, VectorIndexBuilder],
      useFactory: async (
        database: Database,
        allTenants: AllTenantsDatabase,
        { vectorStore }: AppConfig,
        indexes: VectorIndexBuilder,
      ): Promise<VectorStore> => {
        if (vectorStore.kind === 'pgvector') return new PgVectorStore(database, indexes);
        // Its packages take a tenth of a second to load, which a start without Qdrant can do without.
        const { QdrantStore } = await import('./qdrant/qdrant-store.js');
        return new QdrantStore(database, allTenants, vectorStore);
      },
    },
    VectorIndexBuilder,
  ],
  exports: [VectorStore],
})
export class VectorStoreModule {}
