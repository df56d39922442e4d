import { ProviderError } from '../../common/errors/provider.error.js';
import type { ChatCompletion, ChatModel } from '../../core/llm/chat-model.js';
import { NO_CHAT_USAGE } from '../../core/llm/chat-usage.js';
import type { SearchHit } from '../../core/vector-store/vector-store.js';
import { type Answer, Answerer, type AnswerEvent, NOTHING_FOUND, type Question } from './answerer.js';
import { CitationFilter } from './citation-filter.js';
import { citedSpans } from './cited-spans.js';
import { fittingPassages } from './fitting-passages.js';
import { groundedRequest } from './grounded-request.js';

/** Lets a chat model answer from the passages, and checks what it cites. */
export class ModelAnswerer extends Answerer {
  constructor(private readonly model: ChatModel) {
    super();
  }

  override async answer(question: Question): Promise<Answer> {
    if (question.passages.length === 0) return this.foundNothing();
    const sources = await fittingPassages(question, this.model.descriptor);
    const completion = await this.model.complete(groundedRequest(question, sources));
    const filter = new CitationFilter(sources.length);
    filter.push(completion.content);
    filter.end();
    return toAnswer(filter, completion, sources);
  }

  /** The sources wait until the model has begun to answer: where it declines, there are none. */
  override async *stream(question: Question): AsyncGenerator<AnswerEvent> {
    if (question.passages.length === 0) {
      yield* declined(this.foundNothing());
      return;
    }
    const sources = await fittingPassages(question, this.model.descriptor);
    const filter = new CitationFilter(sources.length);
    let hasBegun = false;
    for await (const event of this.model.stream(groundedRequest(question, sources))) {
      const content = event.type === 'delta' ? filter.push(event.content) : filter.end();
      if (content !== '') {
        if (!hasBegun) yield { type: 'sources', sources };
        hasBegun = true;
        yield { type: 'delta', content };
      }
      if (event.type !== 'done') continue;
      const answer = toAnswer(filter, event.completion, sources);
      if (hasBegun) yield { type: 'done', answer };
      else yield* declined(answer);
    }
  }

  /** Without a passage there is nothing to ask the model about. */
  private foundNothing(): Answer {
    const { id, provider } = this.model.descriptor;
    return nothing({ model: id, provider, usage: NO_CHAT_USAGE });
  }
}

function* declined(answer: Answer): Generator<AnswerEvent> {
  yield { type: 'sources', sources: answer.sources };
  yield { type: 'delta', content: answer.text };
  yield { type: 'done', answer };
}

function nothing(by: Pick<Answer, 'model' | 'provider' | 'usage'>): Answer {
  return { text: NOTHING_FOUND, citations: [], sources: [], ...by };
}

/** @throws ProviderError when nothing is left to show */
function toAnswer(
  filter: CitationFilter,
  { model, provider, usage, finishReason }: ChatCompletion,
  sources: readonly SearchHit[],
): Answer {
  if (filter.isDeclined) return nothing({ model, provider, usage });
  if (finishReason === 'refusal')
    throw new ProviderError(`${model} refused to answer; ask differently, or name another model.`);
  if (filter.text === '')
    throw new ProviderError(`${model} gave no answer; ask again, or allow more max_tokens.`);
  const citations = citedSpans(filter.text, filter.marks);
  return { text: filter.text, citations, sources, model, provider, usage };
}
