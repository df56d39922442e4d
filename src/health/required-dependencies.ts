import { Injectable } from '@nestjs/common';
import { Database } from '../core/database/database.js';
import { VectorStore } from '../core/vector-store/vector-store.js';

/** What no request can do without. */
@Injectable()
export class RequiredDependencies {
  constructor(
    private readonly database: Database,
    private readonly vectorStore: VectorStore,
  ) {}

  /** Each rejects when its dependency can't be used. */
  checks(): Record<string, () => Promise<void>> {
    return {
      database: () => this.database.ping(),
      vector_store: () => this.vectorStore.ping(),
    };
  }
}
