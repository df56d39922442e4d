import { CreateDocuments1763900000000 } from './1763900000000-create-documents.js';

/** In order. A migration that has been released is never changed; a new one follows it. */
export const MIGRATIONS = [CreateDocuments1763900000000];
