import type { ChatCall, Reply } from './chat-protocols.js';

const TOKENS = { end: 'stop', promptTokens: 12, completionTokens: 5 } as const;

/** An answer that does, whatever a chat model is asked for: an analysis of the text, data for a schema, or a sentence. */
export function goodReply(call: ChatCall): Reply {
  const asked = JSON.stringify(call);
  const content = call.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const answer = answerFor(asked, content);
  return { ...TOKENS, content: answer === null ? 'Hello there, world.' : JSON.stringify(answer) };
}

function answerFor(asked: string, content: string): object | null {
  if (!asked.includes('json_schema')) return null;
  if (asked.includes('"judgements"')) return { judgements: judgements(content) };
  if (asked.includes('"classifications"')) return { classifications: confidences(content) };
  if (asked.includes('"key_points"')) return { summary: 'Short.', key_points: ['One.', 'Two.', 'Three.'] };
  if (asked.includes('"keywords"'))
    return { keywords: fenced('TEXT', content).match(/[\p{L}\p{N}]+/u) ?? [] };
  if (asked.includes('"confidence"')) {
    const aspects = asked.includes('"aspects"') ? { aspects: [] } : {};
    return { sentiment: 'neutral', score: 0, confidence: 0.5, ...aspects };
  }
  return { reply: 'Thank you!' };
}

function judgements(content: string): object[] {
  const passages = content.match(/<<<BEGIN PASSAGE \d+/gu) ?? [];
  return passages.map((_, index) => ({ passage: index + 1, relevance: index % 11 }));
}

function confidences(content: string): object[] {
  const categories = JSON.parse(fenced('CATEGORIES', content)) as string[];
  return categories.map((category) => ({ category, confidence: 1 / categories.length }));
}

function fenced(name: string, content: string): string {
  const [, text = ''] =
    new RegExp(`<<<BEGIN ${name} (?:[\\da-f]+)>>>\\n([^]*?)\\n<<<END ${name} `, 'u').exec(content) ?? [];
  return text;
}
