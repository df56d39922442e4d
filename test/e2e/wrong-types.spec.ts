import { bodyOf, exactRequest } from '../support/exact-request.js';
import { startFullApp } from '../support/full-app.js';
import { GOOD_CALLS, toFormRequest, toRequest } from '../support/good-calls.js';
import {
  fetchDocument,
  listOperations,
  type OpenApiDocument,
  type Operation,
  type Schema,
} from '../support/openapi-document.js';
import type { TestApp } from '../support/test-app.js';
import { wrongBodies, wrongFormValues } from '../support/wrong-values.js';

const WITH_BODY = GOOD_CALLS.filter(({ body }) => body !== undefined);
const WITH_FORM = GOOD_CALLS.filter(({ form }) => form !== undefined);
const WRONG_BOOLEANS = ['x', '', '1', 'TRUE', 'null'];
/** What no whole number in a query looks like. */
const WRONG_NUMBERS = ['x', '', '1.5', '1e2', '0x10', 'true', 'null', '[1]', '-1', '99999999999', '%D9%A3'];

describe('values that the OpenAPI document does not allow', () => {
  let service: TestApp;
  let document: OpenApiDocument;
  let operations: Operation[];

  beforeAll(async () => {
    service = await startFullApp();
    document = await fetchDocument(service.url);
    operations = listOperations(document);
  });
  afterAll(() => service.close());

  const answerTo = async (request: Parameters<typeof exactRequest>[1]) => {
    const answer = await exactRequest(service.url, request);
    const [first] = (bodyOf(answer)['errors'] ?? []) as { loc: unknown }[];
    return `${answer.status} at ${JSON.stringify(first?.loc)}`;
  };

  it('are tried at every operation that takes a body', () => {
    const taking = operations.filter(({ requestSchema }) => requestSchema !== null);
    expect(WITH_BODY.map(({ operation }) => operation).sort()).toEqual(taking.map(({ name }) => name).sort());
  });

  it('are tried at every operation that takes a form', () => {
    const taking = operations.filter(({ formSchema }) => formSchema !== null);
    expect(WITH_FORM.map(({ operation }) => operation).sort()).toEqual(taking.map(({ name }) => name).sort());
  });

  it.each(WITH_FORM.map((good) => [good.operation, good] as const))(
    'are refused in each field of the form of %s',
    async (name, good) => {
      const { formSchema } = operations.find((operation) => operation.name === name)!;
      const { fields, file } = good.form!;
      const unexpected: string[] = [];
      for (const [field, text] of wrongFormValues(document, formSchema!)) {
        const form = { file, fields: { ...fields, [field]: text } };
        const answer = await answerTo(toFormRequest(good, form));
        const expected = `422 at ${JSON.stringify(['body', field])}`;
        if (answer !== expected) unexpected.push(`${answer} instead of ${expected}: ${text.slice(0, 300)}`);
      }
      expect(unexpected).toEqual([]);
    },
  );

  it.each(WITH_BODY.map((good) => [good.operation, good] as const))(
    'are refused in each field of %s',
    async (name, good) => {
      const { requestSchema } = operations.find((operation) => operation.name === name)!;
      const wrong = wrongBodies(document, requestSchema!, good.body);
      expect(wrong.length).toBeGreaterThan(10);
      const unexpected: string[] = [];
      for (const { location, body } of wrong) {
        const text = JSON.stringify(body);
        const answer = await answerTo({ ...toRequest(good), body: text });
        const expected = `422 at ${JSON.stringify(['body', ...location])}`;
        if (answer !== expected) unexpected.push(`${answer} instead of ${expected}: ${text.slice(0, 300)}`);
      }
      expect(unexpected).toEqual([]);
    },
  );

  it('are refused in each value of a query string', async () => {
    const unexpected: string[] = [];
    let tried = 0;
    for (const operation of operations) {
      const { method, path, parameters } = operation;
      const good = GOOD_CALLS.find((call) => call.operation === operation.name)!;
      for (const { name, schema } of parameters.filter((parameter) => parameter.in === 'query')) {
        for (const value of [...wrongParameters(schema), `1&${name}=2`]) {
          const query = `${path.replaceAll(/\{\w+\}/gu, 'absent')}?${name}=${value}`;
          const answer = await answerTo({ ...toRequest(good), method, path: query });
          tried += 1;
          if (answer !== `422 at ["query","${name}"]`) unexpected.push(`${answer}: ${query}`);
        }
      }
    }
    expect(unexpected).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  });

  it('leave nothing behind', async () => {
    const stats = await exactRequest(service.url, { path: '/api/v1/rag/stats' });
    expect(bodyOf(stats)).toMatchObject({ total_collections: 0, total_documents: 0 });
    expect((await exactRequest(service.url, { path: '/health' })).status).toBe(200);
  });
});

function wrongParameters({ type, enum: choices, maxLength = 0 }: Schema): string[] {
  if (type === 'integer') return WRONG_NUMBERS;
  if (type === 'boolean') return WRONG_BOOLEANS;
  return ['', '%20', ...(choices === undefined ? ['x'.repeat(maxLength + 1)] : ['x'])];
}
