import { ChoiceSetting } from '../setting.decorators.js';

/** Where chunks and their vectors live. */
export class VectorStoreSettings {
  @ChoiceSetting({
    group: 'Vector store',
    choices: ['pgvector'],
    default: 'pgvector',
    description: 'Where chunks and their vectors live.',
  })
  VECTOR_STORE: 'pgvector' = 'pgvector' as const;
}
