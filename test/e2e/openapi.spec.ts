import { exactRequest } from '../support/exact-request.js';
import { startFullApp } from '../support/full-app.js';
import { GOOD_CALLS, type GoodCall, preparePath, toFormRequest, toRequest } from '../support/good-calls.js';
import { encodeMultipart, type FormFile } from '../support/multipart.js';
import {
  dereference,
  fetchDocument,
  listOperations,
  type OpenApiDocument,
  type Operation,
  type Schema,
} from '../support/openapi-document.js';
import { OpenApiValidator } from '../support/openapi-validator.js';
import type { TestApp } from '../support/test-app.js';

const PROBLEM: Schema = { $ref: '#/components/schemas/ProblemDto' };
/** Says what is down in the shape of its 200. */
const READINESS = 'GET /ready 503';

describe('/openapi.json', () => {
  let service: TestApp;
  let document: OpenApiDocument;
  let operations: Operation[];
  let validator: OpenApiValidator;

  beforeAll(async () => {
    // Jobs that are to be cancelled must not have ended by then.
    service = await startFullApp({ JOB_CONCURRENCY: '0' });
    document = await fetchDocument(service.url);
    operations = listOperations(document);
    validator = new OpenApiValidator(document);
  });
  afterAll(() => service.close());

  const operationOf = (name: string): Operation => operations.find((operation) => operation.name === name)!;
  const call = async (request: Parameters<typeof exactRequest>[1]) => {
    const { status, headers, text } = await exactRequest(service.url, request);
    return { status, text, contentType: headers['content-type'] ?? '' };
  };

  it('is OpenAPI 3.1 and describes the DTOs', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/u);
    expect(operations.length).toBeGreaterThanOrEqual(15);
  });

  it('has no reference to what is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/gu)].map(
      ([, target]) => target,
    );
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((target) => !known.includes(target!))).toEqual([]);
  });

  it('gives each operation a name, a summary and a tag of its own', () => {
    const all = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const named = all as unknown as { operationId?: string; summary?: string; tags?: string[] }[];
    expect(new Set(named.map(({ operationId }) => operationId)).size).toBe(named.length);
    expect(
      named.filter(({ operationId, summary, tags }) => !operationId || !summary || !tags?.length),
    ).toEqual([]);
  });

  it('documents client and server errors of every operation as problems', () => {
    const missing = operations.flatMap(({ name, responses }) => {
      const errors = Object.entries(responses).filter(([status]) => /^[45]/u.test(status));
      const untold = errors.filter(
        ([status, response]) =>
          `${name} ${status}` !== READINESS &&
          response?.content?.['application/problem+json']?.schema.$ref !== PROBLEM.$ref,
      );
      const classes = ['4', '5'].filter((digit) => !errors.some(([status]) => status.startsWith(digit)));
      return [
        ...untold.map(([status]) => `${name} ${status}`),
        ...classes.map((digit) => `${name} ${digit}xx`),
      ];
    });
    expect(missing).toEqual([]);
  });

  it('says of every response what is in it', () => {
    const bare = operations.flatMap(({ name, responses }) =>
      Object.entries(responses).flatMap(([status, response]) => {
        const contents = Object.values(response?.content ?? {});
        if (contents.length === 0) return [`${name} ${status} has no content`];
        return contents.flatMap((content) => findBare(document, content!.schema, `${name} ${status}`));
      }),
    );
    expect(bare).toEqual([]);
  });

  it('is matched by a good call for each operation', () => {
    expect(GOOD_CALLS.map(({ operation }) => operation).sort()).toEqual(
      operations.map(({ name }) => name).sort(),
    );
  });

  it('is matched by good calls with every field that there is', () => {
    const untried = GOOD_CALLS.flatMap(({ operation, body = {}, path = '', form, onlyKnownLater = [] }) => {
      const { requestSchema, formSchema, parameters } = operationOf(operation);
      const fields = Object.keys(dereference(document, requestSchema ?? {}).properties ?? {});
      const inForm = Object.keys(dereference(document, formSchema ?? {}).properties ?? {});
      const queries = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      return [
        ...fields.filter((field) => !(field in body) && !onlyKnownLater.includes(field)),
        ...inForm.filter((field) => !(field in { ...form?.fields, ...(form?.file && { file: '' }) })),
        ...queries.filter((name) => !path.includes(`${name}=`)),
      ].map((field) => `${operation} ${field}`);
    });
    expect(untried).toEqual([]);
  });

  it.each(GOOD_CALLS.map((good) => [good.operation, good] as const))('is true of %s', async (name, good) => {
    const { body } = good;
    const { requestSchema } = operationOf(name);
    if (requestSchema !== null && body !== undefined)
      expect(validator.check(requestSchema, body)).toEqual([]);

    const path = await preparePath(service.url, good);
    for (const request of requestsOf(good)) {
      const answer = await call({ ...request, path });
      expect(answer.status).toBe(200);
      expect(validator.checkAnswer(operationOf(name), answer)).toEqual([]);
    }
  });

  it('describes an answer as events', async () => {
    const name = 'POST /api/v1/rag/query';
    await call(toRequest(GOOD_CALLS.find(({ operation }) => operation.endsWith('/rag/index'))!));
    const body = JSON.stringify({ query: 'holiday', collection: 'good-calls', stream: true });
    const answer = await call({ method: 'POST', path: '/api/v1/rag/query', body });
    expect(answer.status).toBe(200);
    expect(answer.contentType).toMatch(/^text\/event-stream/u);
    expect(validator.checkAnswer(operationOf(name), answer)).toEqual([]);
  });

  it('describes an answer as a job', async () => {
    const name = 'POST /api/v1/rag/index';
    const { body } = GOOD_CALLS.find(({ operation }) => operation === name)!;
    const path = '/api/v1/rag/index?async=true';
    const answer = await call({ method: 'POST', path, body: JSON.stringify(body) });
    expect(answer.status).toBe(202);
    expect(validator.checkAnswer(operationOf(name), answer)).toEqual([]);
  });

  // Nobody can say beforehand which id a job will have.
  const usable = async (request: ReturnType<typeof exampleRequest>, { name }: Operation) => {
    const isOfOneJob = name.includes('/jobs/{id}');
    const good = GOOD_CALLS.find(({ operation }) => operation === name)!;
    return isOfOneJob ? { ...request, path: await preparePath(service.url, good) } : request;
  };

  it('gives examples that are accepted', async () => {
    // Whatever an example names has to be there.
    const stored = { id: 'handbook-7', text: 'Employees get 25 days of holiday a year.' };
    await call({ method: 'POST', path: '/api/v1/rag/index', body: JSON.stringify({ documents: [stored] }) });
    // A recording is too long for an example.
    const testable = operations.filter(({ name }) => !name.endsWith('/transcribe'));
    const deletionsLast = testable.sort((one, other) => deletionRank(one) - deletionRank(other));
    const refused: string[] = [];
    for (const operation of deletionsLast) {
      const request = await usable(exampleRequest(document, operation), operation);
      const { status, text } = await call(request);
      if (status !== 200) refused.push(`${operation.name} ${String(request.body ?? '')}: ${text}`);
    }
    expect(refused).toEqual([]);
  });

  it.each([
    [404, 'GET', '/api/v1/rag/collection/absent/documents', undefined],
    [422, 'POST', '/api/v1/rag/search', '{"query":5}'],
    [400, 'POST', '/api/v1/rag/search', '{'],
    [404, 'GET', '/nowhere', undefined],
  ])('describes the problem of a %i', async (status, method, path, body) => {
    const answer = await call({ method, path, ...(body !== undefined && { body }) });
    expect(answer.status).toBe(status);
    expect(answer.contentType).toMatch(/^application\/problem\+json/u);
    expect(validator.check(PROBLEM, JSON.parse(answer.text))).toEqual([]);
  });
});

/** In each way that the operation can be sent a body. */
function requestsOf(good: GoodCall) {
  const { body, form } = good;
  return body && form ? [toRequest(good), toFormRequest(good, form)] : [toRequest(good)];
}

/** Places in a response that say no more than "an object" or "anything". */
function findBare(document: OpenApiDocument, schema: Schema, place: string): string[] {
  const { type, properties, additionalProperties, items, oneOf, anyOf, allOf } = dereference(
    document,
    schema,
  );
  const choices = [...(oneOf ?? []), ...(anyOf ?? []), ...(allOf ?? [])];
  if (choices.length > 0) return choices.flatMap((choice) => findBare(document, choice, place));
  if (type === undefined) return [`${place} has no type`];
  if (type === 'array') {
    return items === undefined ? [`${place} has no items`] : findBare(document, items, `${place}[]`);
  }
  if (type !== 'object') return [];
  if (properties === undefined && additionalProperties === undefined) return [`${place} is a bare object`];
  return [
    ...Object.entries(properties ?? {}).flatMap(([name, property]) =>
      findBare(document, property, `${place}.${name}`),
    ),
    ...(typeof additionalProperties === 'object'
      ? findBare(document, additionalProperties, `${place}.*`)
      : []),
  ];
}

/** What is inside something goes before it. */
function deletionRank({ method, path }: Operation): number {
  return method === 'DELETE' ? 1000 - path.length : 0;
}

/** The request that somebody makes who copies all examples. */
function exampleRequest(document: OpenApiDocument, operation: Operation) {
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const query = inQuery.map(({ name, schema }) => `${name}=${encodeURIComponent(String(schema.example))}`);
  const pathname = inPath.reduce(
    (rest, { name, schema }) => rest.replace(`{${name}}`, String(schema.example)),
    operation.path,
  );
  const path = query.length > 0 ? `${pathname}?${query.join('&')}` : pathname;
  const { method, requestSchema, formSchema } = operation;
  if (requestSchema === null && formSchema !== null) {
    const { form } = GOOD_CALLS.find((good) => good.operation === operation.name)!;
    return { method, path, ...exampleForm(document, formSchema, form!.file) };
  }
  const body = requestSchema && JSON.stringify(exampleOf(document, requestSchema));
  return { method, path, ...(body !== null && { body }) };
}

function exampleForm(document: OpenApiDocument, schema: Schema, file: FormFile) {
  const examples = Object.entries(exampleOf(document, schema) as object) as [string, unknown][];
  const fields = examples
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return encodeMultipart(Object.fromEntries(fields) as Record<string, string>, [file]);
}

function exampleOf(document: OpenApiDocument, schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example;
  const { properties, items } = dereference(document, schema);
  if (items !== undefined) {
    const example = exampleOf(document, items);
    return example === undefined ? undefined : [example];
  }
  if (properties === undefined) return undefined;
  const examples = Object.entries(properties).map(([name, property]) => [
    name,
    exampleOf(document, property),
  ]);
  return Object.fromEntries(examples);
}
