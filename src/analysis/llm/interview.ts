import { mapConcurrently } from '../../common/async/map-concurrently.js';
import { ValidationError } from '../../common/errors/validation.error.js';
import { Fence } from '../../common/prompts/fence.js';
import type { Prompt } from '../../common/prompts/prompt.js';
import type { ChatModel } from '../../core/llm/chat-model.js';
import type { ValidAnswer } from '../../core/llm/repaired-answer.js';
import { askForObject, type StructuredQuestion } from '../../core/llm/structured-output.js';
import { ContextRoom } from '../../core/llm/tokens/context-room.js';
import { splitText } from './split-text.js';

/** How many parts of one text are asked about at the same time. */
const CONCURRENT_PARTS = 4;
/** Tokens of the marker lines, the schema and a repair. */
const OVERHEAD_TOKENS = 1000;
/** Fewer tokens for text than this make no sense of it. */
const LEAST_ROOM = 200;

/** What is asked about a text, or about each part of one. */
export interface TextQuestion<Answer extends object> {
  readonly prompt: Prompt;
  /** Holds nothing that comes from users. */
  readonly task: string;
  /** More data that comes from users, by upper-case name. */
  readonly data?: Readonly<Record<string, string>>;
  readonly type: new () => Answer;
  readonly check: (answer: Answer, text: string) => readonly string[] | Promise<readonly string[]>;
  readonly maxAnswerTokens: number;
}

export interface PartAnswer<Answer> extends ValidAnswer<Answer> {
  /** UTF-16 units of the part. */
  readonly length: number;
}

/** Asks a chat model about a text, in parts where it is longer than the model's context. */
export class Interview {
  private readonly room: ContextRoom;

  constructor(
    private readonly model: ChatModel,
    private readonly signal: AbortSignal,
  ) {
    this.room = new ContextRoom(model.descriptor);
  }

  /** Parts of a text that are each short enough for the question; one, where the text itself is. */
  async split<Answer extends object>(text: string, question: TextQuestion<Answer>): Promise<string[]> {
    const { prompt, task, data = {}, maxAnswerTokens } = question;
    const instructions = [prompt.system, task, ...Object.values(data)];
    const left = await this.room.beside(instructions, maxAnswerTokens, this.signal);
    const maxTokens = left - OVERHEAD_TOKENS;
    if (maxTokens < LEAST_ROOM) {
      throw ValidationError.at(['model'], `has too small a context for this: ${this.model.descriptor.id}`);
    }
    return splitText(text, { counter: this.room.counter, maxTokens, signal: this.signal });
  }

  /** Asks the same about each part, some at a time. */
  askEach<Answer extends object>(
    parts: readonly string[],
    question: TextQuestion<Answer>,
  ): Promise<PartAnswer<Answer>[]> {
    return mapConcurrently(parts, { limit: CONCURRENT_PARTS, signal: this.signal }, async (part, signal) => ({
      ...(await askForObject(this.model, toStructured(part, question, signal))),
      length: part.length,
    }));
  }
}

function toStructured<Answer extends object>(
  text: string,
  { prompt, task, data = {}, type, check, maxAnswerTokens }: TextQuestion<Answer>,
  signal: AbortSignal,
): StructuredQuestion<Answer> {
  const fence = new Fence();
  const content = [
    ...Object.entries(data).map(([name, value]) => fence.around(name, value)),
    fence.around('TEXT', text),
    task,
  ].join('\n\n');
  return {
    capability: prompt.name,
    system: prompt.system,
    messages: [{ role: 'user', content }],
    temperature: 0,
    type,
    name: prompt.name.replaceAll('.', '_'),
    check: (answer) => check(answer, text),
    maxTokens: maxAnswerTokens,
    signal,
  };
}
