import { Module } from '@nestjs/common';
import { PgVectorStore } from './pgvector/pgvector-store.js';
import { VectorStore } from './vector-store.js';

@Module({
  providers: [{ provide: VectorStore, useClass: PgVectorStore }],
  exports: [VectorStore],
})
export class VectorStoreModule {}
