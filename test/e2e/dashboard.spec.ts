import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonClient } from '../support/json-client.js';
import { readMetrics, sumOf } from '../support/metrics.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const DASHBOARD = join(import.meta.dirname, '../../deploy/grafana/ml-service.json');

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly gridPos: object;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

/** What an expression reads, and the labels that it goes by. */
function partsOf(expression: string) {
  const names = expression.match(/\b(?:ml_service|nodejs|process)_\w+/gu) ?? [];
  const grouped = [...expression.matchAll(/by \(([\w, ]+)\)/gu)].flatMap(([, list = '']) => list.split(', '));
  const matched = [...expression.matchAll(/[{,](\w+)=~?"/gu)].map(([, label = '']) => label);
  return {
    names: names.map((name) => name.replace(/_(?:bucket|count)$/u, '')),
    labels: [...grouped, ...matched],
  };
}

describe('the dashboard', () => {
  const { panels } = JSON.parse(readFileSync(DASHBOARD, 'utf8')) as Dashboard;
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  let service: TestApp;
  let text: string;

  beforeAll(async () => {
    service = await startTestApp({
      OPENAI_API_KEY: 'a',
      EMBEDDING_MODEL: 'local-lexical',
      JOB_CONCURRENCY: '0',
    });
    const client = new JsonClient(service.url);
    for (let time = 0; time < 2; time += 1) await client.post('/api/v1/embeddings/generate', { text: 'a' });
    await client.post('/api/v1/rag/index?async=true', { documents: [{ text: 'a' }] });
    text = await (await fetch(`${service.url}/metrics`)).text();
  });
  afterAll(() => service.close());

  it('has panels, each in a place of its own', () => {
    expect(panels.length).toBeGreaterThan(10);
    expect(new Set(panels.map(({ gridPos }) => JSON.stringify(gridPos))).size).toBe(panels.length);
  });

  it.each(expressions)('reads a metric that there is: %s', (expression) => {
    const { names } = partsOf(expression);
    expect(names).not.toEqual([]);
    for (const name of names) expect(text).toMatch(new RegExp(`^# TYPE ${name} \\w+$`, 'mu'));
  });

  it('shows everything that the service counts', () => {
    const shown = new Set(expressions.flatMap((expression) => partsOf(expression).names));
    const counted = [...text.matchAll(/^# TYPE (ml_service_\w+) /gmu)].map(([, name]) => name);
    expect(counted.filter((name) => name === undefined || !shown.has(name))).toEqual([]);
  });

  it.each(expressions)('goes by labels that there are: %s', (expression) => {
    const { names, labels } = partsOf(expression);
    const samples = text.split('\n').filter((line) => names.some((name) => line.startsWith(name)));
    const unseen =
      samples.length === 0
        ? []
        : labels.filter((label) => label !== 'le' && !samples.some((line) => line.includes(`${label}="`)));
    expect(unseen).toEqual([]);
  });

  it('has values behind it: the cache, the jobs, the queues, the breakers', async () => {
    const samples = await readMetrics(service.url);
    expect(sumOf(samples, 'ml_service_cache_lookups_total', { result: 'hit' })).toBe(1);
    expect(sumOf(samples, 'ml_service_cache_lookups_total', { result: 'miss' })).toBeGreaterThanOrEqual(1);
    expect(sumOf(samples, 'ml_service_jobs', { kind: 'rag.index' })).toBe(1);
    expect(samples).toContainEqual({
      name: 'ml_service_queue_waiting',
      labels: { queue: 'media' },
      value: 0,
    });
    expect(samples).toContainEqual({
      name: 'ml_service_provider_breaker_open',
      labels: { provider: 'openai' },
      value: 0,
    });
  });
});
