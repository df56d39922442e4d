/** The end of a scripted answer, in the words of the port. */
export type ReplyEnd = 'stop' | 'length' | 'refusal';

/** What a stub says when it is asked. */
export interface Reply {
  readonly content: string;
  readonly end: ReplyEnd;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** The part of a chat call that all protocols have. */
export interface ChatCall {
  readonly model: string;
  readonly messages: { role: string; content: string }[];
  readonly stream?: boolean;
  readonly [parameter: string]: unknown;
}

/** How a provider puts what it says. */
export interface ChatProtocol {
  readonly path: string;
  answer(call: ChatCall, reply: Reply): Record<string, unknown>;
  /** The texts of server-sent events, in their order; the last one or two end the answer. */
  events(call: ChatCall, reply: Reply): string[];
  error(status: number): unknown;
}

const OPENAI_ENDS = { stop: 'stop', length: 'length', refusal: 'content_filter' } as const;
const ANTHROPIC_ENDS = { stop: 'end_turn', length: 'max_tokens', refusal: 'refusal' } as const;

export const OPENAI_CHAT: ChatProtocol = {
  path: '/v1/chat/completions',
  answer: ({ model }, reply) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: reply.content, refusal: null },
        finish_reason: OPENAI_ENDS[reply.end],
      },
    ],
    usage: openAiUsage(reply),
  }),
  events: ({ model }, reply) => {
    const chunk = (choices: unknown[], usage: unknown = null) =>
      `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, choices, usage })}\n\n`;
    const delta = (content: string) => chunk([{ index: 0, delta: { content }, finish_reason: null }]);
    return [
      chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
      ...wordsOf(reply.content).map(delta),
      chunk([{ index: 0, delta: {}, finish_reason: OPENAI_ENDS[reply.end] }]),
      chunk([], openAiUsage(reply)),
      'data: [DONE]\n\n',
    ];
  },
  error: (status) => ({
    error: { message: `upstream said ${status}`, type: 'stub', code: null, param: null },
  }),
};

export const ANTHROPIC_CHAT: ChatProtocol = {
  path: '/v1/messages',
  answer: ({ model }, reply) => ({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: reply.content }],
    stop_reason: ANTHROPIC_ENDS[reply.end],
    stop_sequence: null,
    usage: { input_tokens: reply.promptTokens, output_tokens: reply.completionTokens },
  }),
  events: ({ model }, reply) => {
    const event = (data: { type: string }) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
    };
    const delta = (text: string) =>
      event({ type: 'content_block_delta', ...{ index: 0, delta: { type: 'text_delta', text } } });
    return [
      event({
        type: 'message_start',
        ...{ message: { ...message, usage: { input_tokens: reply.promptTokens, output_tokens: 1 } } },
      }),
      event({ type: 'content_block_start', ...{ index: 0, content_block: { type: 'text', text: '' } } }),
      event({ type: 'ping' }),
      ...wordsOf(reply.content).map(delta),
      event({ type: 'content_block_stop', ...{ index: 0 } }),
      event({
        type: 'message_delta',
        ...{
          delta: { stop_reason: ANTHROPIC_ENDS[reply.end], stop_sequence: null },
          usage: { output_tokens: reply.completionTokens },
        },
      }),
      event({ type: 'message_stop' }),
    ];
  },
  error: (status) => ({
    type: 'error',
    error: { type: status === 529 ? 'overloaded_error' : 'api_error', message: `upstream said ${status}` },
  }),
};

function openAiUsage({ promptTokens, completionTokens }: Reply) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/gu) ?? [];
}
