import type { ChatModelDescriptor } from '../chat-model.js';
import { CL100K_TOKENS } from './cl100k-tokens.js';
import { TokenCounter } from './token-counter.js';

/** Other models' tokenizers make up to a third more tokens of a text than the one that counts here. */
const CERTAIN_SHARE = 0.75;
/** What messages cost besides their text. */
const MESSAGE_OVERHEAD = 100;
/** Answers that nobody limits are given this much. */
const USUAL_ANSWER_TOKENS = 4000;

/** How much text fits into one call of a chat model, in tokens as `counter` counts them. */
export class ContextRoom {
  readonly counter = new TokenCounter(CL100K_TOKENS);

  constructor(private readonly descriptor: ChatModelDescriptor) {}

  /**
   * Tokens that are left for text when the instructions and the answer have theirs; zero or less when there is no room.
   * @param maxAnswerTokens most tokens of the answer; a usual number when absent
   */
  async beside(
    instructions: readonly string[],
    maxAnswerTokens: number | undefined,
    signal: AbortSignal,
  ): Promise<number> {
    const { contextTokens, maxOutputTokens } = this.descriptor;
    const answerTokens = Math.min(maxAnswerTokens ?? USUAL_ANSWER_TOKENS, maxOutputTokens ?? Infinity);
    const counts = await this.counter.countMany(instructions, signal);
    const used = counts.reduce((sum, count) => sum + count, MESSAGE_OVERHEAD);
    return Math.floor((contextTokens - answerTokens) * CERTAIN_SHARE - used);
  }
}
