import { JsonClient } from '../support/json-client.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { startTestApp } from '../support/test-app.js';
import { type CollectedSpan, TraceCollector } from '../support/trace-collector.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const MARK = 'hunter2secret';
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

describe('traces', () => {
  let stub: OpenAiStub;
  let collector: TraceCollector;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    collector = await TraceCollector.start();
    const service = await startTestApp({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OPENAI_API_KEY: `sk-${MARK}`,
      OPENAI_BASE_URL: stub.baseUrl,
      PROVIDER_MAX_RETRIES: '0',
    });
    const client = new JsonClient(service.url);
    const traced = (path: string, body: object) =>
      client.send('POST', `/api/v1/${path}?q=${MARK}`, JSON.stringify(body), {
        traceparent: `00-${TRACE}-${CALLER}-01`,
      });
    await traced('analysis/generate', { prompt: MARK, model: 'gpt-6-sol' });
    await traced('rag/index', { documents: [{ text: MARK }] });
    stub.chat.failNext(503);
    await client.post('/api/v1/analysis/generate', { prompt: MARK, model: 'gpt-6-luna' });
    // The last spans are sent when it closes.
    await service.close();
  });
  afterAll(async () => {
    await collector.close();
    await stub.close();
  });

  const spansOf = (name: string): CollectedSpan[] => collector.spans.filter((span) => span.name === name);
  const only = (name: string): CollectedSpan => {
    const [span, ...others] = spansOf(name);
    expect([name, others]).toEqual([name, []]);
    return span!;
  };

  it('go on from the trace of the caller', () => {
    expect(only('POST /api/v1/rag/index')).toMatchObject({
      kind: SERVER,
      traceId: TRACE,
      parentSpanId: CALLER,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/api/v1/rag/index',
        'http.response.status_code': 200,
      },
    });
  });

  it('show calls to models as the conventions for generative AI have them', () => {
    const request = spansOf('POST /api/v1/analysis/generate').find(({ traceId }) => traceId === TRACE);
    expect(only('chat gpt-6-sol')).toMatchObject({
      kind: CLIENT,
      traceId: TRACE,
      parentSpanId: request?.spanId,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-6-sol',
        'gen_ai.usage.input_tokens': 12,
        'gen_ai.usage.output_tokens': 5,
      },
    });
    expect(only('embeddings text-embedding-3-small').attributes).toMatchObject({
      'gen_ai.operation.name': 'embeddings',
    });
  });

  it('are passed on to providers', () => {
    expect(stub.chat.calls[0]?.headers['traceparent']).toMatch(
      new RegExp(`^00-${TRACE}-[\\da-f]{16}-01$`, 'u'),
    );
  });

  it('show what failed, and begin anew without a caller', () => {
    const call = only('chat gpt-6-luna');
    expect(call).toMatchObject({ status: { code: ERROR }, attributes: { 'error.type': 'outage' } });
    const request = collector.spans.find(({ spanId }) => spanId === call.parentSpanId);
    expect(request).toMatchObject({
      name: 'POST /api/v1/analysis/generate',
      status: { code: ERROR },
      attributes: { 'http.response.status_code': 502 },
    });
    expect(request?.parentSpanId ?? '').toBe('');
  });

  it('show statements to the database, below the request that they are for', () => {
    const request = only('POST /api/v1/rag/index');
    const statements = collector.spans.filter(({ parentSpanId }) => parentSpanId === request.spanId);
    expect(statements.map(({ name }) => name)).toContain('INSERT');
    expect(statements.find(({ name }) => name === 'INSERT')).toMatchObject({
      kind: CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'INSERT' },
    });
  });

  it('have no text, no query and no key in them', () => {
    expect(collector.spans.length).toBeGreaterThan(5);
    expect(collector.text).not.toContain(MARK);
  });
});
