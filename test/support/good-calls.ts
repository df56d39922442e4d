import { encodeMultipart, type FormFile } from './multipart.js';
import { JsonClient } from './json-client.js';

/** Stand for the ids of jobs, which only the service can make up. */
const WAITING_JOB = 'waiting-job';
const ENDED_JOB = 'ended-job';
import { TRANSCRIPTION_CALLS } from './transcription-calls.js';

/** A request that its operation accepts, once those before it in the list were made. */
export interface GoodCall {
  /** As in the OpenAPI document, e.g. `GET /api/v1/rag/collection/{name}/documents`. */
  readonly operation: string;
  /** With values for what is in braces, and a query string; what only the service can know is put in by `preparePath`. */
  readonly path?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Where the operation takes a file; beside a body where it takes either. */
  readonly form?: GoodForm;
  /** Fields that only an earlier answer could tell the value of. */
  readonly onlyKnownLater?: readonly string[];
}

export interface GoodForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: FormFile;
}

const OPTIONS = { model: 'local-lexical', dimensions: 64, encoding_format: 'float' };

const DOCUMENT = {
  id: 'holiday',
  text: 'Employees get 25 days of holiday a year.',
  title: 'Holiday policy',
  source: 'https://intranet.example/holiday',
  source_type: 'handbook',
  metadata: { department: 'people', year: 2026, tags: ['leave'], author: { name: 'Kim' } },
};

const RETRIEVAL = {
  query: 'How many days of holiday do employees get?',
  collection: 'good-calls',
  min_score: 0.01,
  mode: 'hybrid',
  filter: { department: 'people' },
  rerank: false,
};

const FILE = {
  name: 'holiday.md',
  content: '# Holiday policy\n\nEmployees get 25 days of holiday a year.\n',
};

const PAST_TASK = {
  id: 'SHOP-41',
  title: 'Add pagination to the order list',
  description: 'The list is slow with many orders.',
  issue_type: 'enhancement',
  labels: ['backend'],
  actual_hours: 6.5,
  story_points: 5,
  complexity: 3,
  completed_at: '2026-01-31T09:30:00Z',
};

const COMPLEXITY: readonly GoodCall[] = [
  {
    operation: 'POST /api/v1/complexity/pre-estimate',
    body: {
      title: 'Add pagination to the order list',
      description: 'The list is slow with many orders.',
      issue_type: 'enhancement',
      labels: ['backend'],
      milestone: 'Summer release',
      project_context: 'A web shop in TypeScript with PostgreSQL.',
      related_files: ['src/orders/order-list.ts'],
      project: 'good-calls',
    },
  },
  {
    operation: 'POST /api/v1/complexity/post-analyze',
    body: {
      lines_added: 170,
      lines_removed: 30,
      files_changed: 6,
      commits: 4,
      time_to_merge_hours: 20,
      review_comments: 5,
      pr_description: 'Pages the order list on the server.',
      pre_complexity_score: 2,
      pre_estimated_hours: 4,
      pre_reasoning: 'A list and a button.',
      title: 'Add pagination to the order list',
      description: '',
      actual_hours: 6.5,
      project: 'good-calls',
    },
    onlyKnownLater: ['estimate_id'],
  },
  { operation: 'GET /api/v1/complexity/accuracy', path: '/api/v1/complexity/accuracy?project=good-calls' },
  { operation: 'GET /api/v1/complexity/health' },
  { operation: 'GET /api/v1/complexity/scale' },
  { operation: 'POST /api/v1/complexity/calculate-adjustment', body: { pre_level: 2, actual_level: 3 } },
  {
    operation: 'POST /api/v1/complexity/history',
    body: { project: 'good-calls', tasks: [PAST_TASK, { id: 'SHOP-42', title: 'Fix a typo' }] },
  },
  {
    operation: 'GET /api/v1/complexity/history',
    path: '/api/v1/complexity/history?project=good-calls&limit=10&offset=0',
  },
  {
    operation: 'DELETE /api/v1/complexity/history',
    path: '/api/v1/complexity/history?project=good-calls',
  },
];

const REVIEW = 'The hotel was lovely and the staff were kind, but the room was far too small.';

const ANALYSES: readonly GoodCall[] = [
  {
    operation: 'POST /api/v1/analysis/analyze',
    body: { text: REVIEW, analyses: ['sentiment', 'summary', 'keywords'], model: 'local' },
  },
  {
    operation: 'POST /api/v1/analysis/generate',
    body: {
      prompt: 'Write a friendly reply to this review.',
      context: REVIEW,
      system_prompt: 'Be brief.',
      model: 'gpt-5-mini',
      max_tokens: 100,
      temperature: 0.5,
      response_schema: { type: 'object', properties: { reply: { type: 'string' } }, required: ['reply'] },
      stream: false,
    },
  },
  {
    operation: 'POST /api/v1/analysis/classify',
    body: { text: REVIEW, categories: ['travel', 'food'], multi_label: true, model: 'local' },
  },
  {
    operation: 'POST /api/v1/analysis/summarize',
    body: { text: REVIEW, max_length: 20, model: 'local' },
  },
  {
    operation: 'POST /api/v1/analysis/sentiment',
    body: { text: REVIEW, include_aspects: true, model: 'local' },
  },
  {
    operation: 'POST /api/v1/analysis/keywords',
    body: { text: REVIEW, max_keywords: 5, model: 'local' },
  },
];

/** One call of each operation, with every field that it takes. */
export const GOOD_CALLS: readonly GoodCall[] = [
  { operation: 'GET /health' },
  { operation: 'GET /ready' },
  { operation: 'GET /metrics' },
  { operation: 'GET /api/v1/models' },
  { operation: 'GET /api/v1/embeddings/models' },
  { operation: 'POST /api/v1/embeddings/generate', body: { text: 'A cat.', ...OPTIONS } },
  { operation: 'POST /api/v1/embeddings/batch', body: { texts: ['A cat.', 'A dog.'], ...OPTIONS } },
  {
    operation: 'POST /api/v1/embeddings/similarity',
    body: { text1: 'A cat.', text2: 'A dog.', model: 'local-lexical' },
  },
  {
    operation: 'POST /api/v1/rag/index',
    path: '/api/v1/rag/index?async=false',
    body: {
      documents: [DOCUMENT, { text: 'Dogs are welcome on Fridays.' }],
      collection: 'good-calls',
      embedding_model: 'local-lexical',
      chunk_size: 500,
      chunk_overlap: 50,
    },
  },
  {
    operation: 'POST /api/v1/rag/index/file',
    path: '/api/v1/rag/index/file?async=false',
    form: {
      fields: {
        id: 'holiday-file',
        title: 'Holiday policy',
        source: 'https://intranet.example/holiday.md',
        source_type: 'handbook',
        metadata: JSON.stringify(DOCUMENT.metadata),
        collection: 'good-calls',
        embedding_model: 'local-lexical',
        chunk_size: '500',
        chunk_overlap: '50',
      },
      file: FILE,
    },
  },
  {
    operation: 'POST /api/v1/rag/search',
    body: { ...RETRIEVAL, limit: 3, source_types: ['handbook'] },
  },
  {
    operation: 'POST /api/v1/rag/query',
    body: {
      ...RETRIEVAL,
      context_limit: 3,
      model: 'local-extractive',
      system_prompt: 'Be brief.',
      temperature: 0.5,
      max_tokens: 100,
      stream: false,
    },
  },
  { operation: 'GET /api/v1/rag/collections', path: '/api/v1/rag/collections?limit=10&offset=0' },
  {
    operation: 'GET /api/v1/rag/collection/{name}/documents',
    path: '/api/v1/rag/collection/good-calls/documents?limit=10&offset=0',
  },
  {
    operation: 'GET /api/v1/rag/collection/{name}/documents/{id}',
    path: '/api/v1/rag/collection/good-calls/documents/holiday',
  },
  { operation: 'GET /api/v1/rag/stats' },
  ...COMPLEXITY,
  ...ANALYSES,
  ...TRANSCRIPTION_CALLS,
  {
    operation: 'POST /api/v1/rag/collection/{name}/reembed',
    path: '/api/v1/rag/collection/good-calls/reembed?async=false',
    body: { embedding_model: 'local-lexical', dimensions: 128 },
  },
  {
    operation: 'DELETE /api/v1/rag/collection/{name}/documents/{id}',
    path: '/api/v1/rag/collection/good-calls/documents/holiday',
  },
  {
    operation: 'DELETE /api/v1/rag/collection/{name}',
    path: '/api/v1/rag/collection/good-calls',
  },
  { operation: 'GET /api/v1/jobs', path: '/api/v1/jobs?kind=rag.index&state=queued&limit=10&offset=0' },
  { operation: 'GET /api/v1/jobs/{id}', path: `/api/v1/jobs/${WAITING_JOB}` },
  { operation: 'GET /api/v1/jobs/{id}/events', path: `/api/v1/jobs/${ENDED_JOB}/events` },
  { operation: 'DELETE /api/v1/jobs/{id}', path: `/api/v1/jobs/${WAITING_JOB}` },
];

/** The path of a good call, once what it names is there. Jobs wait for ever where `JOB_CONCURRENCY` is 0. */
export async function preparePath(url: string, { operation, path }: GoodCall): Promise<string> {
  const [, template = ''] = operation.split(' ');
  if (path?.includes(WAITING_JOB)) return path.replace(WAITING_JOB, await submitJob(url));
  if (!path?.includes(ENDED_JOB)) return path ?? template;
  const job = await submitJob(url);
  await new JsonClient(url).delete(`/api/v1/jobs/${job}`);
  return path.replace(ENDED_JOB, job);
}

async function submitJob(url: string): Promise<string> {
  const documents = [{ text: 'Employees get 25 days of holiday a year.' }];
  const { body } = await new JsonClient(url).post<{ job_id: string }>('/api/v1/rag/index?async=true', {
    documents,
  });
  return body.job_id;
}

/** The same as a request: with JSON, or with a form where there is none. */
export function toRequest(good: GoodCall) {
  const { body, form } = good;
  if (body === undefined && form !== undefined) return toFormRequest(good, form);
  return { ...toTarget(good), ...(body && { body: JSON.stringify(body) }) };
}

/** The same with a form. */
export function toFormRequest(good: GoodCall, { fields, file }: GoodForm) {
  return { ...toTarget(good), ...encodeMultipart(fields, [file]) };
}

function toTarget({ operation, path }: GoodCall) {
  const [method = '', template = ''] = operation.split(' ');
  return { method, path: path ?? template };
}
