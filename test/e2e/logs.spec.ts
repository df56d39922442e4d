import { createApiKey } from '../../src/common/auth/api-keys.js';
import { exactRequest } from '../support/exact-request.js';
import { GOOD_CALLS, type GoodCall, toRequest } from '../support/good-calls.js';
import { goodReply } from '../support/model-answers.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { ServiceProcess } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** In everything that clients send and models answer. */
const MARK = 'hunter2secret';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** Fields whose values are not free. */
const FIXED =
  /^(?:model|embedding_model|encoding_format|mode|collection|issue_type|analyses|source_types?|project|format|response_format|timestamps|language|completed_at|type|required|audio_base64)$/u;

type Line = Readonly<Record<string, unknown>>;

function marked(value: unknown, isEverything: boolean): unknown {
  if (typeof value === 'string') return `${value} ${MARK}`;
  if (Array.isArray(value)) return (value as unknown[]).map((item) => marked(item, isEverything));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).map(([key, item]) => [
    key,
    FIXED.test(key) && !isEverything ? item : marked(item, isEverything),
  ]);
  return Object.fromEntries(entries);
}

function markedAnswer(content: string): string {
  return content.startsWith('{') ? JSON.stringify(marked(JSON.parse(content), false)) : `${content} ${MARK}`;
}

/** By the models of the provider, not by local ones. */
function markedCall(call: GoodCall, isEverything: boolean): GoodCall {
  const { form } = call;
  const body = Object.fromEntries(Object.entries(call.body ?? {}).filter(([name]) => name !== 'model'));
  return {
    ...call,
    ...(call.body && { body: marked(body, isEverything) as Record<string, unknown> }),
    ...(form && { form: { ...form, fields: marked(form.fields, isEverything) as Record<string, string> } }),
  };
}

describe('the log', () => {
  const { key, entry } = createApiKey('shop');
  let stub: OpenAiStub;
  let database: TestDatabase;
  let service: ServiceProcess;
  let lines: Line[];
  let output: string;

  const send = (request: ReturnType<typeof toRequest>, headers: Record<string, string> = {}) =>
    exactRequest(service.url, {
      ...request,
      headers: { ...('headers' in request ? request.headers : {}), 'x-api-key': key, ...headers },
    });

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    stub.chat.usualReply = (call) => {
      // A model that is asked to repair its answer says nothing that helps.
      const reply = goodReply({ ...call, messages: call.messages.slice(0, 2) });
      return { ...reply, content: markedAnswer(reply.content) };
    };
    database = await createTestDatabase();
    service = await ServiceProcess.start({
      ...database.variables,
      API_KEYS: entry,
      LOG_LEVEL: 'debug',
      JOB_CONCURRENCY: '0',
      OPENAI_API_KEY: `sk-${MARK}`,
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'text-embedding-3-small',
      PROVIDER_MAX_RETRIES: '0',
    });
    for (const isEverything of [false, true]) {
      for (const call of GOOD_CALLS) await send(toRequest(markedCall(call, isEverything)));
    }
    stub.chat.scriptNext({ kind: 'answer', status: 500, body: { error: { message: MARK } } }, 2);
    const generate = { method: 'POST', path: '/api/v1/analysis/generate', body: `{"prompt":"${MARK}"}` };
    await send(generate, { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` });
    await send({ method: 'GET', path: `/api/v1/rag/collection/${MARK}/documents/${MARK}?x=${MARK}` });
    await send({ method: 'GET', path: `/${MARK}` });
    await send({ method: 'POST', path: '/api/v1/embeddings/generate', body: `{"text":"${MARK}` });
    await send(generate, { 'x-api-key': MARK, authorization: `Bearer ${MARK}`, cookie: MARK });
    await service.stop();
    output = service.stdout + service.stderr;
    lines = service.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  });
  afterAll(async () => {
    await service.kill();
    await database.remove();
    await stub.close();
  });

  const requests = () => lines.filter(({ msg }) => msg === 'request');

  it('is one JSON object a line, with a time, a level and a message', () => {
    expect(service.stderr).toBe('');
    for (const line of lines) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u) as string,
        level: expect.stringMatching(/^(?:fatal|error|warn|info|debug)$/u) as string,
        msg: expect.any(String) as string,
      });
    }
  });

  it('has a line for each request, by the pattern of its route', () => {
    const routes = new Set(requests().map(({ method, route }) => `${String(method)} ${String(route)}`));
    const expected = GOOD_CALLS.map(({ operation }) => operation.replaceAll(/\{(\w+)\}/gu, ':$1'));
    expect([...routes]).toEqual(expect.arrayContaining(expected));
    expect(requests().length).toBe(2 * GOOD_CALLS.length + 5);
  });

  it('names the key, the trace and the request', () => {
    const traced = lines.filter((line) => line['trace_id'] === TRACE);
    const [request] = traced.filter(({ msg }) => msg === 'request');
    expect(request).toMatchObject({
      level: 'info',
      method: 'POST',
      route: '/api/v1/analysis/generate',
      status: 502,
      duration_ms: expect.any(Number) as number,
      request_id: expect.stringMatching(/^[\w-]{36}$/u) as string,
      key: 'shop',
      key_kind: 'api-key',
    });
    const warnings = traced.filter(({ level }) => level === 'warn');
    expect(warnings.length).toBeGreaterThan(0);
    expect(new Set(warnings.map((line) => line['request_id']))).toEqual(new Set([request?.['request_id']]));
    const refused = requests().filter(({ status }) => status === 401);
    expect(refused).toHaveLength(1);
    expect(refused[0]).not.toHaveProperty('key');
  });

  it('says of health checks and the like at the level debug only', () => {
    const quiet = requests().filter(({ level }) => level === 'debug');
    expect(new Set(quiet.map(({ route }) => route))).toEqual(new Set(['/health', '/ready', '/metrics']));
  });

  it('has nothing of what clients and models said in it, no key, and no vector', () => {
    expect(stub.chat.calls.length + stub.callCount).toBeGreaterThan(10);
    expect(output).not.toContain(MARK);
    expect(output).not.toContain(key);
    expect(output).not.toMatch(/-?0\.\d+,\s*-?0\.\d+/u);
  });
});
