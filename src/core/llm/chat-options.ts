import type { ChatModelDefinition } from './chat-model-definition.js';
import type { ChatRequest } from './chat-model.js';

/** What requests that say nothing get. */
export interface ChatDefaults {
  readonly temperature: number;
  readonly maxTokens: number;
}

export interface ChatOptions {
  /** Most tokens that the model may write, its thoughts included. */
  readonly maxOutputTokens: number;
  /** Null where the model takes none. */
  readonly temperature: number | null;
}

/** What a model that thinks may use for that, beside its answer. */
const ROOM_FOR_THOUGHTS = 4096;

/** A request's options as its model takes them. */
export function chatOptions(
  { maxTokens, temperature }: ChatRequest,
  { descriptor, traits }: Pick<ChatModelDefinition, 'descriptor' | 'traits'>,
  defaults: ChatDefaults,
): ChatOptions {
  const answer = maxTokens ?? defaults.maxTokens;
  const wanted = traits.thinks ? answer + ROOM_FOR_THOUGHTS : answer;
  return {
    maxOutputTokens: Math.min(wanted, descriptor.maxOutputTokens ?? Infinity),
    temperature: traits.takesTemperature ? (temperature ?? defaults.temperature) : null,
  };
}
