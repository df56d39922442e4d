import { Injectable } from '@nestjs/common';
import { toUsageDto } from '../core/llm/chat-usage.js';
import type {
  ClassifyRequestDto,
  KeywordsRequestDto,
  SentimentRequestDto,
  SummarizeRequestDto,
} from './dto/analysis-request.dto.js';
import type { AnalyzedBy } from './dto/analyzed.dto.js';
import type { ClassificationResultDto } from './dto/classification.dto.js';
import type { KeywordsResultDto } from './dto/keywords.dto.js';
import type { SentimentResultDto } from './dto/sentiment.dto.js';
import type { SummaryResultDto } from './dto/summary.dto.js';
import type { Analyzed } from './text-analyzer.js';
import { TextAnalyzers } from './text-analyzers.js';

/** Single analyses. */
@Injectable()
export class AnalysisService {
  constructor(private readonly analyzers: TextAnalyzers) {}

  async classify(request: ClassifyRequestDto, signal: AbortSignal): Promise<ClassificationResultDto> {
    const { text, categories, multi_label: multiLabel, model } = request;
    const result = await this.analyzers
      .get(model, 'classify')
      .classify({ text, categories, multiLabel, signal });
    return { classifications: result.classifications.map((item) => ({ ...item })), ...by(result) };
  }

  async summarize(request: SummarizeRequestDto, signal: AbortSignal): Promise<SummaryResultDto> {
    const { text, max_length: maxLength = null, model } = request;
    const result = await this.analyzers.get(model, 'summarize').summarize({ text, maxLength, signal });
    return { summary: result.summary, key_points: [...result.keyPoints], ...by(result) };
  }

  async sentiment(request: SentimentRequestDto, signal: AbortSignal): Promise<SentimentResultDto> {
    const { text, include_aspects: includeAspects, model } = request;
    const result = await this.analyzers.get(model, 'sentiment').sentiment({ text, includeAspects, signal });
    const { sentiment, score, confidence, aspects } = result;
    return {
      sentiment,
      score,
      confidence,
      ...(aspects !== undefined && { aspects: aspects.map((aspect) => ({ ...aspect })) }),
      ...by(result),
    };
  }

  async keywords(request: KeywordsRequestDto, signal: AbortSignal): Promise<KeywordsResultDto> {
    const { text, max_keywords: maxKeywords, model } = request;
    const result = await this.analyzers.get(model, 'keywords').keywords({ text, maxKeywords, signal });
    return { keywords: [...result.keywords], ...by(result) };
  }
}

function by({ model, provider, usage }: Analyzed): AnalyzedBy {
  return { model, provider, usage: toUsageDto(usage) };
}
