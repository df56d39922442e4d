import { Injectable } from '@nestjs/common';
import type { IndexResultDto } from '../dto/index-response.dto.js';
import { DocumentWriter } from './document-writer.js';
import { type IndexPlan, IndexPlanner } from './index-planner.js';
import type { IndexRequest } from './source-document.js';

/** Stores documents while the client waits. */
@Injectable()
export class IndexingService {
  constructor(
    private readonly planner: IndexPlanner,
    private readonly writer: DocumentWriter,
  ) {}

  index(request: IndexRequest, signal: AbortSignal): Promise<IndexResultDto> {
    return this.planner.carryOut(request, (plan) => this.store(request, plan, signal));
  }

  private async store(request: IndexRequest, plan: IndexPlan, signal: AbortSignal): Promise<IndexResultDto> {
    const changed = await this.planner.changedDocuments(plan);
    const prepared = await this.planner.prepare(changed, plan.options);
    const target = { ...plan, collection: request.collection };
    const usage = await this.writer.embedAndStore(target, prepared, signal);
    return {
      collection: request.collection,
      indexed: prepared.length,
      unchanged: plan.documents.length - prepared.length,
      chunks: prepared.reduce((total, document) => total + document.chunks.length, 0),
      document_ids: [...plan.ids],
      usage,
    };
  }
}
