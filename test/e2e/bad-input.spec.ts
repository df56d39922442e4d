import { startFullApp } from '../support/full-app.js';
import { JsonClient } from '../support/json-client.js';
import { fetchDocument, findOperation, listOperations } from '../support/openapi-document.js';
import type { TestApp } from '../support/test-app.js';

const GENERATE = '/api/v1/embeddings/generate';
const BATCH = '/api/v1/embeddings/batch';
const INDEX = '/api/v1/rag/index';
const SIMILARITY = '/api/v1/embeddings/similarity';
const SEARCH = '/api/v1/rag/search';
const QUERY = '/api/v1/rag/query';
const COLLECTION = '/api/v1/rag/collection';
const ANALYSIS = '/api/v1/analysis';
const COMPLEXITY = '/api/v1/complexity';
const TRANSCRIBE = '/api/v1/transcription/transcribe';
const ESTIMATE = '/api/v1/transcription/estimate-cost';
const DEEP = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

/** Method, path, body as it is sent, status, and where the problem is. */
type Row = readonly [string, string, string | undefined, number, (string | number)[]?];

const REFUSED: readonly Row[] = [
  ['POST', GENERATE, '{', 400],
  ['POST', GENERATE, undefined, 422, ['body']],
  ['POST', GENERATE, '[]', 422, ['body']],
  ['POST', GENERATE, '{"text":""}', 422, ['body', 'text']],
  ['POST', GENERATE, '{"text":" \\t"}', 422, ['body', 'text']],
  ['POST', GENERATE, '{"text":5}', 422, ['body', 'text']],
  ['POST', GENERATE, '{"text":{"constructor":5}}', 422, ['body', 'text']],
  ['POST', GENERATE, '{"text":[{"constructor":"x"}]}', 422, ['body', 'text']],
  ['POST', GENERATE, '{"text":"a\\u0000"}', 422, ['body', 'text']],
  ['POST', GENERATE, '{"text":"\\ud800"}', 422, ['body', 'text']],
  ['POST', GENERATE, '{"text":"a","__proto__":{}}', 422, ['body']],
  ['POST', GENERATE, `{"text":"${'a'.repeat(1_000_000)}"}`, 422, ['body', 'text']],
  ['POST', GENERATE, '{"text":"a","dimensions":1e309}', 422, ['body', 'dimensions']],
  ['POST', GENERATE, '{"text":"a","dimensions":1.5}', 422, ['body', 'dimensions']],
  ['POST', BATCH, '{"texts":[["a"]]}', 422, ['body', 'texts', 0]],
  ['POST', BATCH, JSON.stringify({ texts: Array(5000).fill('a') }), 422, ['body', 'texts']],
  ['POST', INDEX, '{"documents":[null]}', 422, ['body', 'documents', 0]],
  ['POST', INDEX, '{"documents":[[{"text":"a"}]]}', 422, ['body', 'documents', 0]],
  ['POST', INDEX, '{"documents":[[]]}', 422, ['body', 'documents', 0]],
  ['POST', INDEX, '{"documents":["a"]}', 422, ['body', 'documents', 0]],
  ['POST', INDEX, '{"documents":[{"text":"a"}],"collection":"../x"}', 422, ['body', 'collection']],
  [
    'POST',
    INDEX,
    '{"documents":[{"text":"a"}],"chunk_size":5,"chunk_overlap":5}',
    422,
    ['body', 'chunk_overlap'],
  ],
  [
    'POST',
    INDEX,
    '{"documents":[{"id":"a","text":"a"},{"id":"a","text":"b"}]}',
    422,
    ['body', 'documents', 1, 'id'],
  ],
  ['POST', SEARCH, '{"query":"a","collection":"absent"}', 404],
  ['POST', SEARCH, '{"query":"a","filter":{"$where":"1"}}', 422, ['body', 'filter', '$where']],
  ['POST', SIMILARITY, '{"text1":"a"}', 422, ['body', 'text2']],
  ['POST', SIMILARITY, '{"text1":"a","text2":"b","model":"absent"}', 422, ['body', 'model']],
  ['POST', QUERY, '{"query":"a","collection":"absent"}', 404],
  ['POST', QUERY, '{"query":"a","stream":true,"collection":"absent"}', 404],
  ['POST', QUERY, '{"query":"a","stream":"true"}', 422, ['body', 'stream']],
  ['POST', QUERY, '{"query":"a","temperature":2.1}', 422, ['body', 'temperature']],
  ['POST', QUERY, '{"query":"a","filter":[]}', 422, ['body', 'filter']],
  ['DELETE', `${COLLECTION}/%ZZ`, undefined, 400],
  ['DELETE', `${COLLECTION}/a%00b`, undefined, 422, ['path', 'name']],
  ['DELETE', `${COLLECTION}/..%2fx`, undefined, 422, ['path', 'name']],
  ['DELETE', `${COLLECTION}/absent`, undefined, 404],
  ['GET', `${COLLECTION}/absent/documents`, undefined, 404],
  ['GET', `${COLLECTION}/absent/documents?limit=0`, undefined, 422, ['query', 'limit']],
  ['GET', `${COLLECTION}/absent/documents/a`, undefined, 404],
  ['GET', `${COLLECTION}/absent/documents/%0a`, undefined, 422, ['path', 'id']],
  ['DELETE', `${COLLECTION}/absent/documents/a`, undefined, 404],
  ['DELETE', `${COLLECTION}/a%20b/documents/a`, undefined, 422, ['path', 'name']],
  [
    'POST',
    `${COMPLEXITY}/calculate-adjustment`,
    '{"pre_level":0,"actual_level":3}',
    422,
    ['body', 'pre_level'],
  ],
  ['POST', `${COMPLEXITY}/pre-estimate`, '{"title":" "}', 422, ['body', 'title']],
  ['POST', `${COMPLEXITY}/pre-estimate`, '{"title":"a","issue_type":"epic"}', 422, ['body', 'issue_type']],
  ['POST', `${COMPLEXITY}/pre-estimate`, '{"title":"a","labels":["a",5]}', 422, ['body', 'labels', 1]],
  ['POST', `${COMPLEXITY}/post-analyze`, '{"lines_added":1}', 422, ['body', 'lines_removed']],
  ['POST', `${COMPLEXITY}/post-analyze`, outcome('"estimate_id":"absent"'), 404],
  [
    'POST',
    `${COMPLEXITY}/post-analyze`,
    outcome('"estimate_id":"018f4f7e-0000-7000-8000-000000000000"'),
    404,
  ],
  ['POST', `${COMPLEXITY}/post-analyze`, outcome('"actual_hours":-1'), 422, ['body', 'actual_hours']],
  [
    'POST',
    `${COMPLEXITY}/post-analyze`,
    outcome('"pre_complexity_score":6'),
    422,
    ['body', 'pre_complexity_score'],
  ],
  ['GET', `${COMPLEXITY}/accuracy?project=`, undefined, 422, ['query', 'project']],
  ['POST', `${COMPLEXITY}/history`, '{"tasks":[]}', 422, ['body', 'tasks']],
  ['POST', `${COMPLEXITY}/history`, '{"tasks":[{"id":"a"}]}', 422, ['body', 'tasks', 0, 'title']],
  [
    'POST',
    `${COMPLEXITY}/history`,
    '{"tasks":[{"id":"a","title":"a"},{"id":"a","title":"b"}]}',
    422,
    ['body', 'tasks', 1, 'id'],
  ],
  [
    'POST',
    `${COMPLEXITY}/history`,
    '{"tasks":[{"id":"a","title":"a","completed_at":"2026-02-30"}]}',
    422,
    ['body', 'tasks', 0, 'completed_at'],
  ],
  [
    'POST',
    `${COMPLEXITY}/history`,
    '{"tasks":[{"id":"a","title":"a","actual_hours":-1}]}',
    422,
    ['body', 'tasks', 0, 'actual_hours'],
  ],
  ['GET', `${COMPLEXITY}/history?limit=1001`, undefined, 422, ['query', 'limit']],
  ['DELETE', `${COMPLEXITY}/history`, undefined, 422, ['query', 'project']],
  ['POST', `${INDEX}?async=yes`, '{"documents":[{"text":"a"}]}', 422, ['query', 'async']],
  ['POST', `${INDEX}/file?async=true`, '{}', 415, undefined],
  ['POST', `${INDEX}?async=true`, '{"documents":[{"text":" "}]}', 422, ['body', 'documents', 0, 'text']],
  [
    'POST',
    `${INDEX}?async=true`,
    '{"documents":[{"text":"a"}],"chunk_size":5,"chunk_overlap":5}',
    422,
    ['body', 'chunk_overlap'],
  ],
  [
    'POST',
    `${INDEX}?async=true`,
    '{"documents":[{"text":"a"}],"embedding_model":"x"}',
    422,
    ['body', 'embedding_model'],
  ],
  ['GET', '/api/v1/jobs?state=done', undefined, 422, ['query', 'state']],
  ['GET', '/api/v1/jobs?kind=%27', undefined, 422, ['query', 'kind']],
  ['GET', '/api/v1/jobs?limit=1001', undefined, 422, ['query', 'limit']],
  ['GET', '/api/v1/jobs/absent', undefined, 404],
  ['GET', '/api/v1/jobs/00000000-0000-4000-8000-000000000000', undefined, 404],
  ['GET', '/api/v1/jobs/a%00b', undefined, 422, ['path', 'id']],
  ['GET', '/api/v1/jobs/absent/events', undefined, 404],
  ['DELETE', '/api/v1/jobs/absent', undefined, 404],
  ['DELETE', '/api/v1/jobs/00000000-0000-4000-8000-000000000000', undefined, 404],
  ['POST', `${ANALYSIS}/analyze`, '{"text":"a","analyses":[]}', 422, ['body', 'analyses']],
  ['POST', `${ANALYSIS}/analyze`, '{"text":"a","analyses":["mood"]}', 422, ['body', 'analyses', 0]],
  ['POST', `${ANALYSIS}/analyze`, '{"text":"a","analyses":["summary","summary"]}', 422, ['body', 'analyses']],
  ['POST', `${ANALYSIS}/analyze`, `{"text":"${'a'.repeat(200_001)}"}`, 422, ['body', 'text']],
  ['POST', `${ANALYSIS}/analyze`, '{"text":"a","model":"absent"}', 422, ['body', 'model']],
  ['POST', `${ANALYSIS}/generate`, '{"prompt":" "}', 422, ['body', 'prompt']],
  ['POST', `${ANALYSIS}/generate`, '{"prompt":"a","response_schema":[]}', 422, ['body', 'response_schema']],
  ['POST', `${ANALYSIS}/generate`, '{"prompt":"a","response_schema":{}}', 422, ['body', 'response_schema']],
  ['POST', `${ANALYSIS}/classify`, '{"text":"a","categories":["b"]}', 422, ['body', 'categories']],
  ['POST', `${ANALYSIS}/classify`, '{"text":"a","categories":["b","b"]}', 422, ['body', 'categories']],
  ['POST', `${ANALYSIS}/classify`, '{"text":"a","categories":["b",5]}', 422, ['body', 'categories', 1]],
  ['POST', `${ANALYSIS}/summarize`, '{"text":"a","max_length":9}', 422, ['body', 'max_length']],
  ['POST', `${ANALYSIS}/sentiment`, '{"text":"a","include_aspects":1}', 422, ['body', 'include_aspects']],
  ['POST', `${ANALYSIS}/keywords`, '{"text":"a","max_keywords":51}', 422, ['body', 'max_keywords']],
  ['POST', `${COLLECTION}/default/reembed`, '{"dimensions":0}', 422, ['body', 'dimensions']],
  ['GET', '/api/v1/rag/collections?limit=-1', undefined, 422, ['query', 'limit']],
  ['GET', '/api/v1/rag/collections?offset=NaN', undefined, 422, ['query', 'offset']],
  ['POST', TRANSCRIBE, '{}', 422, ['body', 'audio_base64']],
  ['POST', TRANSCRIBE, '{"audio_base64":"?"}', 422, ['body', 'audio_base64']],
  ['POST', TRANSCRIBE, '{"audio_base64":"AAAA","language":"english"}', 422, ['body', 'language']],
  ['POST', TRANSCRIBE, '{"audio_base64":"AAAA","language":"xx"}', 422, ['body', 'language']],
  ['POST', TRANSCRIBE, '{"audio_base64":"AAAA","model":"absent"}', 422, ['body', 'model']],
  ['POST', TRANSCRIBE, '{"audio_base64":"AAAA","timestamps":"word"}', 422, ['body', 'timestamps']],
  ['POST', TRANSCRIBE, '{"audio_base64":"AAAA"}', 422, ['body', 'audio_base64']],
  ['POST', ESTIMATE, '{}', 422, ['body', 'duration_seconds']],
  ['POST', ESTIMATE, '{"duration_seconds":-1}', 422, ['body', 'duration_seconds']],
  ['POST', ESTIMATE, '{"duration_seconds":1e14}', 422, ['body', 'duration_seconds']],
  ['POST', ESTIMATE, '{"duration_seconds":60,"model":"absent"}', 422, ['body', 'model']],
];

function outcome(field: string): string {
  return `{"lines_added":1,"lines_removed":1,"files_changed":1,"commits":1,${field}}`;
}

describe('bad input', () => {
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    service = await startFullApp();
    client = new JsonClient(service.url);
  });
  afterAll(() => service.close());

  it.each(REFUSED.map((row) => [`${row[0]} ${row[1]} ${row[2]?.slice(0, 70) ?? ''}`, row] as const))(
    'is refused: %s',
    async (_, [method, path, text, status, location]) => {
      const { headers, body, ...answer } = await client.send(method, path, text);
      expect(answer.status).toBe(status);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/u);
      expect(body).toMatchObject({
        type: expect.any(String) as unknown,
        title: expect.any(String) as unknown,
        detail: expect.any(String) as unknown,
        status,
        instance: path.split('?')[0],
        request_id: headers.get('x-request-id'),
      });
      const [first] = (body['errors'] ?? []) as { loc: unknown }[];
      expect(first?.loc).toEqual(location);
    },
  );

  it('has a row for each operation that takes any', async () => {
    const operations = listOperations(await fetchDocument(service.url));
    const taking = operations.filter(
      ({ parameters, requestSchema }) => parameters.length > 0 || requestSchema !== null,
    );
    const tried = REFUSED.map(([method, path]) => findOperation(operations, method, path)?.name);
    expect(taking.map(({ name }) => name).filter((name) => !tried.includes(name))).toEqual([]);
  });

  it('nests too deep', async () => {
    expect((await client.send('POST', GENERATE, `{"text":${DEEP}}`)).status).toBe(422);
  });

  it('stores nothing that it refuses', async () => {
    expect((await client.get('/api/v1/rag/stats')).body).toMatchObject({ total_collections: 0 });
  });

  it.each([
    [200_000, 200],
    [1_000_000, 422],
  ])('with %i unknown fields takes no time and is answered with %i', async (count, status) => {
    const fields = Array.from({ length: count }, (_, index) => `"k${index}":1`).join();
    expect((await client.send('POST', GENERATE, `{"text":"a",${fields}}`)).status).toBe(status);
  });

  it('may have fields named constructor, which are data', async () => {
    const unknown = '{"text":"a","x":{"constructor":5}}';
    expect((await client.send('POST', GENERATE, unknown)).status).toBe(200);
    const metadata = { constructor: 'Ferrari', nothing: null };
    const documents = [{ id: 'a', text: 'A car.', metadata }];
    expect((await client.post(INDEX, { documents, collection: 'cars' })).status).toBe(200);
    const filter = { constructor: 'Ferrari' };
    const found = await client.post(SEARCH, { query: 'car', collection: 'cars', filter });
    expect(found.body).toMatchObject({ count: 1, results: [{ metadata }] });
  });
});
