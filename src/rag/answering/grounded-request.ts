import { Fence } from '../../common/prompts/fence.js';
import type { ChatRequest } from '../../core/llm/chat-model.js';
import type { SearchHit } from '../../core/vector-store/vector-store.js';
import type { Question } from './answerer.js';
import { ANSWER_TASK, GROUNDED_ANSWER_PROMPT, guidance } from './prompts/grounded-answer.prompt.js';

/** The rules first; what the client adds comes after them and replaces none. */
export function systemMessage({ systemPrompt }: Question): string {
  const { system } = GROUNDED_ANSWER_PROMPT;
  return systemPrompt === undefined ? system : `${system}\n\n${guidance(systemPrompt)}`;
}

/** Asks a chat model for an answer from these passages, numbered from 1. */
export function groundedRequest(question: Question, passages: readonly SearchHit[]): ChatRequest {
  const fence = new Fence();
  const content = [
    ...passages.map((passage, index) => fence.around(`PASSAGE ${index + 1}`, passageText(passage))),
    fence.around('QUESTION', question.text),
    ANSWER_TASK,
  ].join('\n\n');
  return {
    capability: GROUNDED_ANSWER_PROMPT.name,
    system: systemMessage(question),
    messages: [{ role: 'user', content }],
    temperature: question.temperature,
    maxTokens: question.maxTokens,
    signal: question.signal,
  };
}

export function passageText({ title, text }: SearchHit): string {
  return title === null ? text : `${title}\n\n${text}`;
}
