import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { AllTenantsDatabase } from '../database/all-tenants-database.js';
import { Database } from '../database/database.js';
import { VectorIndexBuilder } from './pgvector/index/vector-index-builder.js';
import { PgVectorStore } from './pgvector/pgvector-store.js';
import { QdrantStore } from './qdrant/qdrant-store.js';
import { VectorStore } from './vector-store.js';

@Module({
  providers: [
    {
      provide: VectorStore,
      inject: [Database, AllTenantsDatabase, AppConfig],
      useFactory: (database: Database, allTenants: AllTenantsDatabase, { vectorStore }: AppConfig) =>
        vectorStore.kind === 'qdrant'
          ? new QdrantStore(database, allTenants, vectorStore)
          : new PgVectorStore(database),
    },
    VectorIndexBuilder,
  ],
  exports: [VectorStore],
})
export class VectorStoreModule {}
