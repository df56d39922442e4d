import { Module } from '@nestjs/common';
import { JobQueueModule } from '../core/jobs/job-queue.module.js';
import { LlmModule } from '../core/llm/llm.module.js';
import { VectorStoreModule } from '../core/vector-store/vector-store.module.js';
import { EmbeddingsModule } from '../embeddings/embeddings.module.js';
import { AnsweringService } from './answering/answering.service.js';
import { TextChunker } from './chunking/text-chunker.js';
import { CollectionsService } from './collections.service.js';
import { FileReader } from './files/file-reader.js';
import { FilesController } from './files/files.controller.js';
import { FilesService } from './files/files.service.js';
import { IndexFileJob } from './files/index-file-job.js';
import { DocumentWriter } from './indexing/document-writer.js';
import { IndexJob } from './indexing/index-job.js';
import { IndexPlanner } from './indexing/index-planner.js';
import { IndexingService } from './indexing/indexing.service.js';
import { RagController } from './rag.controller.js';
import { GenerationFiller } from './reembedding/generation-filler.js';
import { ReembedJob } from './reembedding/reembed-job.js';
import { ReembedPlanner } from './reembedding/reembed-planner.js';
import { ReembeddingController } from './reembedding/reembedding.controller.js';
import { ReembeddingService } from './reembedding/reembedding.service.js';
import { Rerankers } from './reranking/rerankers.js';
import { SearchService } from './search.service.js';

@Module({
  imports: [EmbeddingsModule, LlmModule, VectorStoreModule, JobQueueModule],
  controllers: [RagController, FilesController, ReembeddingController],
  providers: [
    IndexingService,
    IndexJob,
    IndexPlanner,
    DocumentWriter,
    TextChunker,
    SearchService,
    Rerankers,
    AnsweringService,
    CollectionsService,
    FilesService,
    IndexFileJob,
    FileReader,
    ReembeddingService,
    ReembedJob,
    ReembedPlanner,
    GenerationFiller,
  ],
})
export class RagModule {}
