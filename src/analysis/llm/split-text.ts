import { textSegments } from '../../core/llm/tokens/text-segments.js';
import type { TokenCounter } from '../../core/llm/tokens/token-counter.js';

/** Good places for a cut, best first. */
const BREAKS = [/\n[^\S\n]*\n/gu, /\n/gu, /(?:[.!?…]["'”’»)\]]*\s|[。！？｡])/gu, /\s/gu];

/** How many UTF-16 units before the last possible place a cut may be, for the sake of a better one. */
const LEEWAY = 1500;

/** How much over the average a part may be before the next begins: cuts fall before the last possible place. */
const UNEVENNESS = 1.1;

/** Largest share of a part that is kept in one piece. */
const LARGEST_PIECE = 0.2;

export interface SplitOptions {
  readonly counter: TokenCounter;
  /** Most tokens of a part; at least a few hundred. */
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

/** A stretch of the text, and its length in tokens. */
interface Piece {
  readonly text: string;
  readonly tokens: number;
}

/**
 * Cuts a text into parts of about the same size, none over the limit, at paragraphs, lines, sentences or words, in
 * this order of preference. The parts put together are the text.
 */
export async function splitText(text: string, options: SplitOptions): Promise<string[]> {
  const { counter, maxTokens, signal } = options;
  if (counter.upperBound(text) <= maxTokens) return [text];
  const pieces = await measure([...textSegments(text)], options);
  const total = pieces.reduce((sum, { tokens }) => sum + tokens, 0);
  const parts: string[] = [];
  let part = '';
  let partTokens = 0;
  let remaining = total;
  for (const piece of pieces) {
    if (part !== '' && partTokens + piece.tokens > fairShare(remaining, maxTokens)) {
      const cut = bestCut(part);
      parts.push(part.slice(0, cut));
      part = part.slice(cut);
      remaining -= partTokens;
      [partTokens = 0] = await counter.countMany([part], signal);
      remaining += partTokens;
    }
    part += piece.text;
    partTokens += piece.tokens;
  }
  return [...parts, part];
}

/** Tokens of the next part, so that it is not the last one alone that is short. */
function fairShare(remaining: number, maxTokens: number): number {
  return Math.min(maxTokens, (remaining / Math.ceil(remaining / maxTokens)) * UNEVENNESS);
}

/** What is too long for its share is halved until it is not, so that cuts fall where they should. */
async function measure(texts: readonly string[], options: SplitOptions): Promise<Piece[]> {
  const counts = await options.counter.countMany(texts, options.signal);
  const pieces: Piece[] = [];
  for (const [index, text] of texts.entries()) {
    const tokens = counts[index] ?? 0;
    if (tokens <= options.maxTokens * LARGEST_PIECE || text.length <= 2) pieces.push({ text, tokens });
    else pieces.push(...(await measure(halves(text), options)));
  }
  return pieces;
}

function halves(text: string): string[] {
  const middle = Math.floor(text.length / 2);
  const cut = text.slice(0, middle).isWellFormed() ? middle : middle + 1;
  return [text.slice(0, cut), text.slice(cut)];
}

/** The best place near the end of a part; the end itself where there is no break. */
function bestCut(part: string): number {
  const from = Math.max(1, part.length - Math.min(LEEWAY, Math.floor(part.length / 2)));
  const tail = part.slice(from);
  for (const expression of BREAKS) {
    const last = [...tail.matchAll(expression)].at(-1);
    if (last !== undefined) return from + last.index + last[0].length;
  }
  return part.length;
}
