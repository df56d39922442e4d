import fc from 'fast-check';
import { countWords } from '../../core/llm/tokens/words.js';
import { LanguageDetector } from '../language/language-detector.js';
import { LocalTextAnalyzer } from './local-text-analyzer.js';
import { allowForBusyMachine } from '../../../test/support/busy-machine.js';

allowForBusyMachine();

const { signal } = new AbortController();
const languages = new LanguageDetector();
const analyzer = new LocalTextAnalyzer(languages);
const words = fc.lorem({ mode: 'sentences', maxCount: 8 });
const anyText = fc.oneof(
  words,
  fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }),
  fc.stringMatching(/^[ \n.,!?:;'"()a-eA-E-]{1,300}$/),
);

/** Texts of 200,000 characters that are no prose. */
const HOSTILE: Record<string, string> = {
  'one word': 'a'.repeat(200_000),
  capitals: 'A'.repeat(199_999) + 'a',
  blanks: `${' '.repeat(199_999)}a`,
  'line breaks': `${'\n'.repeat(199_999)}a`,
  punctuation: '!?.,;:-()[]'.repeat(18_000),
  emoji: '😀'.repeat(100_000),
  quotes: '"\'"('.repeat(50_000),
  hyphens: 'a-'.repeat(100_000),
  links: 'http://a.b/c?'.repeat(15_000),
  'at signs': '@'.repeat(200_000),
  'unspaced script': '今日は天気'.repeat(40_000),
  marks: 'e\u0301'.repeat(100_000),
  list: '- a\n'.repeat(50_000),
  'half pairs': '\ud83d'.repeat(200_000),
};

describe('LocalTextAnalyzer', () => {
  afterAll(() => languages.onApplicationShutdown());

  it('rates sentiment', async () => {
    const result = await analyzer.sentiment({
      text: 'I love this phone. The battery life is great!',
      signal,
      includeAspects: true,
    });
    expect(result).toMatchObject({
      sentiment: 'positive',
      provider: 'local',
      model: 'local-vader',
      usage: { promptTokens: 9, completionTokens: 0, costUsd: 0 },
    });
    expect(result.score).toBeGreaterThan(0.8);
    expect(result.aspects?.map(({ aspect, sentiment }) => ({ aspect, sentiment }))).toContainEqual({
      aspect: 'battery life',
      sentiment: 'positive',
    });
  });

  it.each([
    ['The food was great. The service was terrible.', 'mixed'],
    ['The train goes at nine.', 'neutral'],
    ['This is the worst product I have ever bought.', 'negative'],
    ['Best day ever 😍', 'positive'],
    ['I don’t like it', 'negative'],
    ['👍', 'positive'],
    ['👎🏽', 'negative'],
    ['', 'neutral'],
  ])('says of "%s" that it is %s', async (text, sentiment) => {
    await expect(analyzer.sentiment({ text, signal, includeAspects: false })).resolves.toMatchObject({
      sentiment,
    });
  });

  it.each([
    ['Die Blumen sind auf dem Tisch, und das Hotel war fast leer.', 'neutral'],
    ['Das war ein bad trip für die Gäste.', 'neutral'],
    ['Die Katze', 'neutral'],
    ['No me gusta nada este hotel.', 'neutral'],
    ['C’est la fin de la grave crise du pain.', 'neutral'],
    ['Die Pizza war kalt :(', 'negative'],
    ['Das war die beste Pizza 😍', 'positive'],
  ])('takes no word of "%s" for an English one, so it is %s', async (text, sentiment) => {
    const result = await analyzer.sentiment({ text, signal, includeAspects: false });
    expect(result.sentiment).toBe(sentiment);
    if (sentiment === 'neutral') expect(result).toMatchObject({ score: 0, confidence: 0.25 });
  });

  it('rates a long text by the mean of its sentences', async () => {
    const text = 'The hotel was lovely. We enjoyed the pool. The room has two windows. '.repeat(50);
    const { score, sentiment } = await analyzer.sentiment({ text, signal, includeAspects: false });
    expect(sentiment).toBe('positive');
    expect(score).toBeGreaterThan(0.3);
    expect(score).toBeLessThan(0.8);
  });

  it.each([
    [
      'Deep neural networks need training data. Training data is expensive.',
      ['deep neural networks', 'training data'],
    ],
    [
      'Die künstliche Intelligenz ist in der Verwaltung und in der Schule angekommen.',
      ['künstliche Intelligenz'],
    ],
    ['東京タワーに行きました。', ['東京タワー']],
    ['مرحبا بالعالم، هذا يوم جميل', ['مرحبا بالعالم', 'جميل']],
    ['שלום עולם', ['שלום עולם']],
    ['spam '.repeat(20), ['spam']],
    ['Run, run, run!', ['run']],
    ['very nice nice hotel', ['nice hotel']],
  ])('finds keywords of "%s"', async (text, expected) => {
    const { keywords } = await analyzer.keywords({ text, signal, maxKeywords: 5 });
    expect(keywords.map((keyword) => keyword.toLowerCase())).toEqual(
      expect.arrayContaining(expected.map((keyword) => keyword.toLowerCase())),
    );
  });

  it.each(['I am what I am', '12345', '!?'])('finds no keywords in "%s", which has none', async (text) => {
    await expect(analyzer.keywords({ text, signal, maxKeywords: 5 })).resolves.toMatchObject({
      keywords: [],
    });
  });

  it('summarizes with the sentence that says what the text is about', async () => {
    const text =
      'Solar panels are common today. In this paper we present a cheap coating for solar panels. Rain is wet.';
    await expect(analyzer.summarize({ text, signal, maxLength: null })).resolves.toMatchObject({
      summary: 'In this paper we present a cheap coating for solar panels.',
      keyPoints: text.split(/(?<=\.) /u),
    });
  });

  it('classifies by what text and names have in common', async () => {
    const { classifications } = await analyzer.classify({
      text: 'My card has not arrived yet',
      categories: ['exchange_rate', 'cardArrival'],
      multiLabel: false,
      signal,
    });
    expect(classifications.map(({ category }) => category)).toEqual(['cardArrival', 'exchange_rate']);
    expect(classifications[0]!.confidence).toBeGreaterThan(0.8);
    expect(classifications[1]!.confidence).toBeLessThan(0.2);
  });

  it('knows what text and names mean, not only their words', async () => {
    const { classifications } = await analyzer.classify({
      text: 'The striker scored twice as the football team won the cup final',
      categories: ['Cooking', 'Sports', 'Finance'],
      multiLabel: true,
      signal,
    });
    expect(classifications[0]).toMatchObject({ category: 'Sports' });
    expect(classifications[0]!.confidence).toBeGreaterThan(0.5);
    expect(classifications[1]!.confidence).toBeLessThan(0.2);
  });

  it('finds the same words in other languages', async () => {
    const { classifications } = await analyzer.classify({
      text: 'Das Wetter ist heute wechselhaft',
      categories: ['Sport', 'Wetter'],
      multiLabel: false,
      signal,
    });
    expect(classifications[0]).toMatchObject({ category: 'Wetter' });
    expect(classifications[0]!.confidence).toBeGreaterThan(0.8);
  });

  it('compares many long names in slices', async () => {
    const categories = Array.from({ length: 100 }, (_, name) =>
      Array.from({ length: 20 }, (__, word) => `word${name}x${word} market`).join(' '),
    );
    const request = { text: 'market '.repeat(500), categories, multiLabel: false, signal };
    const processorTime = () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    };
    let last = processorTime();
    let longest = 0;
    let isRunning = true;
    const watch = (): void => {
      longest = Math.max(longest, processorTime() - last);
      last = processorTime();
      if (isRunning) setImmediate(watch);
    };
    setImmediate(watch);
    await analyzer.classify(request);
    isRunning = false;
    expect(longest).toBeLessThan(200);
  });

  it('gives a valid sentiment for any text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { score, confidence, aspects } = await analyzer.sentiment({
          text,
          signal,
          includeAspects: true,
        });
        expect(Math.abs(score)).toBeLessThanOrEqual(1);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        for (const { aspect } of aspects ?? []) expect(aspect).not.toBe('');
      }),
    );
  });

  it('gives keywords that are in the text, none twice, for any text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: 50 }), async (text, maxKeywords) => {
        const { keywords } = await analyzer.keywords({ text, signal, maxKeywords });
        expect(keywords.length).toBeLessThanOrEqual(maxKeywords);
        expect(new Set(keywords.map((keyword) => keyword.toLowerCase())).size).toBe(keywords.length);
        const flat = text.replace(/\s+/gu, ' ');
        for (const keyword of keywords) expect(flat).toContain(keyword);
      }),
    );
  });

  it('gives a summary within its limit for any text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: 40 }), async (text, maxLength) => {
        const { summary, keyPoints } = await analyzer.summarize({ text, signal, maxLength });
        expect(countWords(summary)).toBeLessThanOrEqual(maxLength);
        expect(keyPoints.length).toBeLessThanOrEqual(5);
        expect(new Set(keyPoints).size).toBe(keyPoints.length);
      }),
    );
  });

  it('gives every category once, best first, for any text', async () => {
    const categories = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), {
      minLength: 2,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(anyText, categories, fc.boolean(), async (text, names, multiLabel) => {
        const { classifications } = await analyzer.classify({ text, categories: names, multiLabel, signal });
        expect(classifications.map(({ category }) => category).sort()).toEqual([...names].sort());
        const confidences = classifications.map(({ confidence }) => confidence);
        expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
        for (const confidence of confidences) expect(confidence).toBeGreaterThanOrEqual(0);
        const sum = confidences.reduce((total, confidence) => total + confidence, 0);
        if (multiLabel) expect(Math.max(...confidences)).toBeLessThanOrEqual(1);
        else expect(sum).toBeCloseTo(1, 9);
      }),
    );
  });

  it.each(Object.entries(HOSTILE))('handles 200,000 characters of %s', async (_, text) => {
    const sentiment = await analyzer.sentiment({ text, signal, includeAspects: true });
    expect(Math.abs(sentiment.score)).toBeLessThanOrEqual(1);
    const { keywords } = await analyzer.keywords({ text, signal, maxKeywords: 10 });
    expect(new Set(keywords).size).toBe(keywords.length);
    const { summary } = await analyzer.summarize({ text, signal, maxLength: 100 });
    expect(summary.split(/\s+/u).length).toBeLessThanOrEqual(100);
    const categories = ['lost card', 'new phone'];
    const { classifications } = await analyzer.classify({ text, signal, categories, multiLabel: false });
    expect(classifications).toHaveLength(2);
  });

  it('stops when its caller gives up', async () => {
    const controller = new AbortController();
    const reason = new Error('client left');
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(4_000);
    const request = { text, signal: controller.signal };
    const running = [
      analyzer.sentiment({ ...request, includeAspects: true }),
      analyzer.keywords({ ...request, maxKeywords: 10 }),
      analyzer.summarize({ ...request, maxLength: null }),
      analyzer.classify({ ...request, categories: ['fox', 'dog'], multiLabel: false }),
    ];
    setImmediate(() => {
      controller.abort(reason);
    });
    for (const result of await Promise.allSettled(running)) expect(result).toMatchObject({ reason });
  });
});
