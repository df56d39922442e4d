import type { ChatUsage } from '../core/llm/chat-model.js';

export const SENTIMENTS = ['positive', 'negative', 'neutral', 'mixed'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

export interface TextRequest {
  readonly text: string;
  /** Stops the work, provider calls included. */
  readonly signal: AbortSignal;
}

export interface SentimentRequest extends TextRequest {
  readonly includeAspects: boolean;
}

export interface KeywordsRequest extends TextRequest {
  readonly maxKeywords: number;
}

export interface SummaryRequest extends TextRequest {
  /** Words; null leaves the length to the analyzer. */
  readonly maxLength: number | null;
}

export interface ClassificationRequest extends TextRequest {
  /** At least two, all different. */
  readonly categories: readonly string[];
  /** Whether several categories can hold at once; their confidences then don't add up to 1. */
  readonly multiLabel: boolean;
}

/** Who made a result, and what that cost. */
export interface Analyzed {
  readonly model: string;
  readonly provider: string;
  readonly usage: ChatUsage;
}

export interface SentimentResult extends Analyzed {
  readonly sentiment: Sentiment;
  /** -1 to 1. */
  readonly score: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** Present when they were asked for. */
  readonly aspects?: readonly {
    readonly aspect: string;
    readonly sentiment: Sentiment;
    readonly score: number;
  }[];
}

export interface KeywordsResult extends Analyzed {
  /** Best first, none twice, each in the text or derived from it. */
  readonly keywords: readonly string[];
}

export interface SummaryResult extends Analyzed {
  readonly summary: string;
  /** Three to five, or as many sentences as a shorter text has. */
  readonly keyPoints: readonly string[];
}

export interface ClassificationResult extends Analyzed {
  /** Every category once, best first. */
  readonly classifications: readonly { readonly category: string; readonly confidence: number }[];
}

/** Says something about a text. Texts of any length are handled; what is too long for one look is taken in parts. */
export abstract class TextAnalyzer {
  abstract sentiment(request: SentimentRequest): Promise<SentimentResult>;
  abstract keywords(request: KeywordsRequest): Promise<KeywordsResult>;
  abstract summarize(request: SummaryRequest): Promise<SummaryResult>;
  abstract classify(request: ClassificationRequest): Promise<ClassificationResult>;
}
