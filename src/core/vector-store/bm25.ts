import { TimeSlice } from '../../common/async/time-slice.js';
import { analyze } from '../../common/text/analyzer.js';
import type { DocumentToStore } from './vector-store.js';

/** Robertson and Walker's usual constants: saturation of term frequency, and weight of the chunk's length. */
export const K1 = 1.2;
export const B = 0.75;

/** Candidates that each side of a hybrid search brings at least. */
export const MIN_CANDIDATES = 200;

/** A document with its chunks' terms counted. */
export interface AnalyzedDocument {
  readonly document: DocumentToStore;
  /** For each chunk, how often it holds each term. */
  readonly termFrequencies: readonly ReadonlyMap<string, number>[];
}

/** Counts terms of title and text together, as search does it. */
export async function analyzeDocuments(documents: readonly DocumentToStore[]): Promise<AnalyzedDocument[]> {
  const analyzed: AnalyzedDocument[] = [];
  const slice = new TimeSlice();
  const stems = new Map<string, string>();
  for (const document of documents) {
    const termFrequencies: Map<string, number>[] = [];
    for (const chunk of document.chunks) {
      termFrequencies.push(countTerms(`${document.title ?? ''}\n${chunk.text}`, stems));
      if (slice.isOver) await slice.breathe();
    }
    analyzed.push({ document, termFrequencies });
  }
  return analyzed;
}

/** How often a text holds each of its terms. @param stems what `analyze` takes */
export function countTerms(text: string, stems?: Map<string, string>): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const term of analyze(text, stems)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  return frequencies;
}

/** Terms in a text, repeated ones included. */
export function totalFrequency(frequencies: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const frequency of frequencies.values()) total += frequency;
  return total;
}
