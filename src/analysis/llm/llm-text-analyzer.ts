import type { ChatModel } from '../../core/llm/chat-model.js';
import {
  type ClassificationRequest,
  type ClassificationResult,
  type KeywordsRequest,
  type KeywordsResult,
  type SentimentRequest,
  type SentimentResult,
  type SummaryRequest,
  type SummaryResult,
  TextAnalyzer,
} from '../text-analyzer.js';
import { classificationByModel } from './classification-by-model.js';
import { Interview } from './interview.js';
import { keywordsByModel } from './keywords-by-model.js';
import { sentimentByModel } from './sentiment-by-model.js';
import { summaryByModel } from './summary-by-model.js';

/**
 * Asks a chat model. Its answers are checked against the rules of each analysis; it has one more try at an answer
 * that breaks them.
 */
export class LlmTextAnalyzer extends TextAnalyzer {
  constructor(private readonly model: ChatModel) {
    super();
  }

  override sentiment(request: SentimentRequest): Promise<SentimentResult> {
    return sentimentByModel(this.interview(request), request);
  }

  override keywords(request: KeywordsRequest): Promise<KeywordsResult> {
    return keywordsByModel(this.interview(request), request);
  }

  override summarize(request: SummaryRequest): Promise<SummaryResult> {
    return summaryByModel(this.interview(request), request);
  }

  override classify(request: ClassificationRequest): Promise<ClassificationResult> {
    return classificationByModel(this.interview(request), request);
  }

  private interview({ signal }: { readonly signal: AbortSignal }): Interview {
    return new Interview(this.model, signal);
  }
}
