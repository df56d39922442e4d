import { Fence } from '../../common/prompts/fence.js';
import type { ChatModel } from '../../core/llm/chat-model.js';
import { toUsageDto } from '../../core/llm/chat-usage.js';
import { askForObject } from '../../core/llm/structured-output.js';
import { ContextRoom } from '../../core/llm/tokens/context-room.js';
import type { SearchHit } from '../../core/vector-store/vector-store.js';
import { countFitting } from '../answering/fitting-passages.js';
import { passageText } from '../answering/grounded-request.js';
import { NO_USAGE } from '../usage.js';
import { JudgementsDto, MAX_RELEVANCE } from './judgements.dto.js';
import { RERANK_PROMPT, RERANK_TASK } from './prompts/rerank.prompt.js';
import { Reranker, type Reranked, type RerankRequest } from './reranker.js';

/** The beginning of a passage shows what it is about. */
const MAX_PASSAGE_LENGTH = 2000;
/** Tokens of a judgement in the answer. */
const TOKENS_PER_JUDGEMENT = 20;

/** Lets a chat model judge every passage, all in one call. */
export class ModelReranker extends Reranker {
  constructor(private readonly model: ChatModel) {
    super();
  }

  override async rerank(request: RerankRequest): Promise<Reranked> {
    const passages = await this.fitting(request);
    // Nothing to compare, or a model with no room for it.
    if (passages.length < 2) return { passages: request.passages, usage: NO_USAGE };
    const fence = new Fence();
    const content = [
      ...passages.map((passage, index) => fence.around(`PASSAGE ${index + 1}`, beginning(passage))),
      fence.around('QUERY', request.query),
      RERANK_TASK,
    ].join('\n\n');
    const { answer, usage } = await askForObject(this.model, {
      capability: RERANK_PROMPT.name,
      system: RERANK_PROMPT.system,
      messages: [{ role: 'user', content }],
      temperature: 0,
      maxTokens: maxAnswerTokens(passages.length),
      signal: request.signal,
      type: JudgementsDto,
      name: 'judgements',
      check: (judged) => problemsWith(judged, passages.length),
    });
    return { passages: inOrder(passages, answer), usage: toUsageDto(usage) };
  }

  /** The best passages that the model's context has room for. */
  private async fitting({ query, passages, signal }: RerankRequest): Promise<readonly SearchHit[]> {
    const room = new ContextRoom(this.model.descriptor);
    const answerTokens = maxAnswerTokens(passages.length);
    const left = await room.beside([RERANK_PROMPT.system, RERANK_TASK, query], answerTokens, signal);
    return passages.slice(0, await countFitting(passages.map(beginning), left, room.counter, signal));
  }
}

function beginning(passage: SearchHit): string {
  return passageText(passage).slice(0, MAX_PASSAGE_LENGTH);
}

function maxAnswerTokens(passages: number): number {
  return 200 + TOKENS_PER_JUDGEMENT * passages;
}

function problemsWith({ judgements }: JudgementsDto, count: number): string[] {
  const judged = new Set(judgements.map(({ passage }) => passage));
  const isComplete = judgements.length === count && judged.size === count && Math.max(...judged) === count;
  return isComplete ? [] : [`judgements must have each passage from 1 to ${count} exactly once`];
}

/** Passages that are judged alike stay in their order. */
function inOrder(passages: readonly SearchHit[], { judgements }: JudgementsDto): SearchHit[] {
  const relevance = new Map(judgements.map((judgement) => [judgement.passage, judgement.relevance]));
  return passages
    .map((passage, index) => ({ ...passage, score: (relevance.get(index + 1) ?? 0) / MAX_RELEVANCE }))
    .sort((one, other) => other.score - one.score);
}
