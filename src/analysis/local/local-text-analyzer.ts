import { Injectable } from '@nestjs/common';
import {
  type Analyzed,
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
import { LanguageDetector } from '../language/language-detector.js';
import { CategoryScorer } from './classification/category-scorer.js';
import { exclusiveConfidences } from './classification/exclusive-confidences.js';
import { PartOfSpeechTagger } from './keywords/part-of-speech-tagger.js';
import { PhraseFinder } from './keywords/phrases.js';
import { PhraseRanking } from './keywords/rank-phrases.js';
import { LOCAL_MODELS } from './local-models.js';
import { aspectsOf } from './sentiment/aspects.js';
import { SentimentRater } from './sentiment/sentiment-rater.js';
import { summarize } from './summary/summarizer.js';
import { ForeignWords } from './text/foreign-words.js';
import { Pace } from './text/pace.js';
import { sentencesOf } from './text/sentences.js';
import { StopWords } from './text/stop-words.js';
import { localUsage } from './text/usage.js';

/**
 * Analyses texts inside the service, without any model of a provider: by rules, word lists and statistics of the text
 * alone. Made for English; see `docs/local-analyzers.md` for what each can do.
 */
@Injectable()
export class LocalTextAnalyzer extends TextAnalyzer {
  private readonly stopWords = new StopWords();
  private readonly foreignWords: ForeignWords;
  private readonly rater = new SentimentRater();
  private readonly categories = new CategoryScorer();
  private readonly finder = new PhraseFinder(this.stopWords, new PartOfSpeechTagger());

  constructor(languages: LanguageDetector) {
    super();
    this.foreignWords = new ForeignWords(this.stopWords, languages);
  }

  async sentiment({ text, signal, includeAspects }: SentimentRequest): Promise<SentimentResult> {
    const pace = new Pace(signal);
    const isForeign = await this.foreignWords.of(text, signal);
    const rating = await this.rater.rate(text, isForeign, pace);
    const made = by(LOCAL_MODELS.sentiment, text);
    if (!includeAspects) return { ...rating, ...made };
    return {
      ...rating,
      aspects: await aspectsOf({ text, isForeign }, this.rater, this.finder, pace),
      ...made,
    };
  }

  async keywords({ text, signal, maxKeywords }: KeywordsRequest): Promise<KeywordsResult> {
    const pace = new Pace(signal);
    const language = this.finder.languageOf(text);
    const ranking = new PhraseRanking();
    await ranking.addAll(this.finder.phrasesOf(sentencesOf(text), language), pace);
    if (ranking.isEmpty)
      await ranking.addAll(this.finder.contentPhrasesOf(sentencesOf(text), language), pace);
    return { keywords: ranking.best(maxKeywords), ...by(LOCAL_MODELS.keywords, text) };
  }

  async summarize({ text, signal, maxLength }: SummaryRequest): Promise<SummaryResult> {
    const summary = await summarize(text, maxLength, new Pace(signal));
    return { ...summary, ...by(LOCAL_MODELS.summarize, text) };
  }

  async classify({
    text,
    signal,
    categories,
    multiLabel,
  }: ClassificationRequest): Promise<ClassificationResult> {
    const scores = await this.categories.score(text, categories, new Pace(signal));
    const confidences = multiLabel
      ? scores.map(({ coverage }) => coverage)
      : exclusiveConfidences(scores.map(({ score }) => score));
    const classifications = categories
      .map((category, index) => ({ category, confidence: confidences[index] ?? 0 }))
      .sort((a, b) => b.confidence - a.confidence);
    return { classifications, ...by(LOCAL_MODELS.classify, text) };
  }
}

function by(model: string, text: string): Analyzed {
  return { provider: 'local', model, usage: localUsage(text) };
}
