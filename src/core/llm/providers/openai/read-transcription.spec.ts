import { UnusableAnswerError } from '../unusable-answer.error.js';
import { readTranscription } from './read-transcription.js';

describe('readTranscription', () => {
  it('reads what the models without times answer', () => {
    const usage = { type: 'tokens', input_tokens: 10, output_tokens: 2 };
    expect(readTranscription({ text: ' Hello. ', usage })).toEqual({
      text: 'Hello.',
      language: null,
      segments: null,
      words: null,
      promptTokens: 10,
      completionTokens: 2,
      billedSeconds: null,
    });
  });

  it('reads times, the language by its name, and the seconds that are billed', () => {
    const body = {
      text: 'Hello.',
      language: 'english',
      segments: [{ id: 0, start: 0, end: 1.5, text: ' Hello.' }],
      words: [{ word: 'Hello', start: 0, end: 1 }],
      usage: { type: 'duration', seconds: 2 },
    };
    expect(readTranscription(body)).toMatchObject({
      language: 'en',
      segments: [{ start: 0, end: 1.5, text: 'Hello.' }],
      words: [{ start: 0, end: 1, text: 'Hello' }],
      billedSeconds: 2,
    });
  });

  it('counts nothing that is no number', () => {
    const usage = { input_tokens: -1, output_tokens: 'many', seconds: NaN };
    expect(readTranscription({ text: '', usage })).toMatchObject({
      promptTokens: 0,
      completionTokens: 0,
      billedSeconds: null,
    });
  });

  it.each([
    ['null', null],
    ['a string', 'Hello.'],
    ['no text', {}],
    ['a text that is none', { text: 1 }],
    ['segments that are no list', { text: '', segments: {} }],
    ['a segment without an end', { text: '', segments: [{ start: 0, text: '' }] }],
    ['a time before the beginning', { text: '', segments: [{ start: -1, end: 0, text: '' }] }],
    ['an end before its start', { text: '', words: [{ start: 2, end: 1, word: '' }] }],
    ['a word without a word', { text: '', words: [{ start: 1, end: 1, text: '' }] }],
    ['a word that is null', { text: '', words: [null] }],
  ])('refuses %s', (_, body) => {
    expect(() => readTranscription(body)).toThrow(UnusableAnswerError);
  });
});
