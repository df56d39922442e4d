import { CreateDocuments1763900000000 } from './1763900000000-create-documents.js';
import { CreateTaskHistory1764003600000 } from './1764003600000-create-task-history.js';
import { AddChunkMetadata1764007200000 } from './1764007200000-add-chunk-metadata.js';
import { CreateJobs1764009000000 } from './1764009000000-create-jobs.js';
import { AddGenerations1764012600000 } from './1764012600000-add-generations.js';
import { AddTenants1764014400000 } from './1764014400000-add-tenants.js';
import { CreateQdrantBookkeeping1764016200000 } from './1764016200000-create-qdrant-bookkeeping.js';
import { AddIndexParameters1764018000000 } from './1764018000000-add-index-parameters.js';

/** In order. A migration that has been released is never changed; a new one follows it. */
export const MIGRATIONS = [
  CreateDocuments1763900000000,
  CreateTaskHistory1764003600000,
  AddChunkMetadata1764007200000,
  CreateJobs1764009000000,
  AddGenerations1764012600000,
  AddTenants1764014400000,
  CreateQdrantBookkeeping1764016200000,
  AddIndexParameters1764018000000,
];
