import type { ChatPrice, ChatPricing } from './chat-catalog.js';
import type { ChatUsage } from './chat-model.js';

const MILLION = 1_000_000;

/** What a provider says that a call used. */
export interface ChatTokens {
  /** All of them, cached ones included. */
  readonly prompt: number;
  readonly completion: number;
  /** Of the prompt: what the provider found in its cache. */
  readonly cached: number;
  /** Of the prompt: what it put there. */
  readonly written: number;
}

/** Tokens with their price; the cost is null where any part of it is unknown. */
export function toUsage(tokens: ChatTokens, pricing: ChatPricing | null): ChatUsage {
  return {
    promptTokens: tokens.prompt,
    completionTokens: tokens.completion,
    costUsd: pricing && costOf(tokens, priceFor(tokens.prompt, pricing)),
  };
}

function priceFor(promptTokens: number, pricing: ChatPricing): ChatPrice {
  return pricing.long && promptTokens > pricing.long.aboveTokens ? pricing.long : pricing;
}

function costOf({ prompt, completion, cached, written }: ChatTokens, price: ChatPrice): number | null {
  const { cachedInput, cacheWrite } = price;
  if ((cached > 0 && cachedInput === null) || (written > 0 && cacheWrite === null)) return null;
  const dollars =
    (prompt - cached - written) * price.input +
    cached * (cachedInput ?? 0) +
    written * (cacheWrite ?? 0) +
    completion * price.output;
  return dollars / MILLION;
}
