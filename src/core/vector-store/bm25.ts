import { setImmediate as yieldToOthers } from 'node:timers/promises';
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
export async function analyzeDocument(document: DocumentToStore): Promise<AnalyzedDocument> {
  const termFrequencies: Map<string, number>[] = [];
  for (const chunk of document.chunks) {
    termFrequencies.push(countTerms(`${document.title ?? ''}\n${chunk.text}`));
    if (termFrequencies.length % 32 === 0) await yieldToOthers();
  }
  return { document, termFrequencies };
}

/** How often a text holds each of its terms. */
export function countTerms(text: string): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const term of analyze(text)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  return frequencies;
}

/** Terms in a text, repeated ones included. */
export function totalFrequency(frequencies: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const frequency of frequencies.values()) total += frequency;
  return total;
}
