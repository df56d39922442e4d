import 'reflect-metadata';
import { LocalTextAnalyzer } from '../../src/analysis/local/local-text-analyzer.js';

const { signal } = new AbortController();

/** What evaluations ask: the methods of the analyzer, with its defaults. */
export class Analysis {
  private readonly analyzer = new LocalTextAnalyzer();

  sentiment(text: string) {
    return this.analyzer.sentiment({ text, signal, includeAspects: false });
  }

  async keywords(text: string, maxKeywords: number): Promise<readonly string[]> {
    return (await this.analyzer.keywords({ text, signal, maxKeywords })).keywords;
  }

  async summary(text: string): Promise<string> {
    return (await this.analyzer.summarize({ text, signal, maxLength: null })).summary;
  }

  /** The most likely category, and how likely it is. */
  async category(text: string, categories: readonly string[]) {
    const { classifications } = await this.analyzer.classify({ text, categories, multiLabel: false, signal });
    return classifications[0] ?? { category: '', confidence: 0 };
  }
}
