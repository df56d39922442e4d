import { ValidationError } from '../../common/errors/validation.error.js';
import { Fence } from '../../common/prompts/fence.js';
import type { ChatModelDescriptor, ChatRequest } from '../../core/llm/chat-model.js';
import { ContextRoom } from '../../core/llm/tokens/context-room.js';
import type { GenerateRequestDto } from '../dto/generate.dto.js';
import { CONTEXT_PROMPT } from '../prompts/generation.prompt.js';

/** What the client asks for; a context goes along as data. */
export function generationRequest(request: GenerateRequestDto, signal: AbortSignal): ChatRequest {
  const { prompt, context, system_prompt: systemPrompt, max_tokens: maxTokens, temperature } = request;
  const system = [systemPrompt, context === undefined ? undefined : CONTEXT_PROMPT.system];
  return {
    capability: CONTEXT_PROMPT.name,
    system: system.filter((part) => part !== undefined).join('\n\n') || undefined,
    messages: [
      {
        role: 'user',
        content: context === undefined ? prompt : `${new Fence().around('CONTEXT', context)}\n\n${prompt}`,
      },
    ],
    maxTokens,
    temperature,
    signal,
  };
}

/** @throws ValidationError when a request is certainly too long for the model */
export async function assertFits(
  { system = '', messages, maxTokens }: ChatRequest,
  descriptor: ChatModelDescriptor,
  signal: AbortSignal,
): Promise<void> {
  const texts = [system, ...messages.map(({ content }) => content)];
  const room = new ContextRoom(descriptor);
  if (texts.every((text) => room.counter.upperBound(text) * texts.length <= descriptor.contextTokens / 2)) {
    return;
  }
  const counts = await room.counter.countMany(texts, signal);
  const answerTokens = Math.min(maxTokens ?? 1, descriptor.maxOutputTokens ?? Infinity);
  const needed = counts.reduce((sum, count) => sum + count, answerTokens);
  if (needed <= descriptor.contextTokens) return;
  throw ValidationError.at(
    ['prompt'],
    `has, with context and max_tokens, about ${needed} tokens; ${descriptor.id} takes at most ${descriptor.contextTokens}`,
    'string_too_long',
  );
}
