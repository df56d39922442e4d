import { readFile } from 'node:fs/promises';
import { DOCUMENTS, readExamples, runExample } from '../support/doc-examples.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe.each(Object.entries(DOCUMENTS))('the examples of %s', (document, count) => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.close());

  it('give the answers that stand under them', async () => {
    const examples = readExamples(await readFile(document, 'utf8'));
    expect(examples).toHaveLength(count);
    for (const { command, answer } of examples) {
      expect(rounded(await runExample(command, service.url))).toEqual(rounded(JSON.parse(answer)));
    }
  });
});

/** Sums of floats differ in their last digits between builds of PostgreSQL. */
function rounded(value: unknown): unknown {
  const round = (_: string, item: unknown) => (typeof item === 'number' ? Number(item.toFixed(6)) : item);
  return JSON.parse(JSON.stringify(value, round));
}
