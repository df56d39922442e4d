import { sumChatUsage } from '../core/llm/chat-usage.js';
import type { Analyzed } from './text-analyzer.js';

/** Who made a result that several answers went into, each name once, and what they cost together. */
export function combineAnalyzed(answers: readonly Analyzed[]): Analyzed {
  return {
    model: distinct(answers.map(({ model }) => model)),
    provider: distinct(answers.map(({ provider }) => provider)),
    usage: sumChatUsage(answers.map(({ usage }) => usage)),
  };
}

function distinct(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}
