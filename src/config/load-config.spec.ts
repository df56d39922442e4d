import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ConfigurationError } from './configuration.error.js';
import { loadConfig, readEnvironment } from './load-config.js';

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    loadConfig(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('makes a complete configuration from nothing', () => {
    const config = loadConfig({});
    expect(config.server).toEqual({
      host: '127.0.0.1',
      port: 8000,
      logLevel: 'info',
      maxBodyBytes: 16_777_216,
      clientReadTimeoutMs: 30_000,
      shutdownDelayMs: 0,
      shutdownTimeoutMs: 25_000,
      shutdownCloseTimeoutMs: 4000,
      connections: {
        headTimeoutMs: 10_000,
        requestTimeoutMs: 300_000,
        keepAliveTimeoutMs: 65_000,
        maxConnections: 10_000,
        maxHeadBytes: 16_384,
      },
    });
    expect(config.database).toEqual({ kind: 'embedded', directory: './data', acquireTimeoutMs: 10_000 });
    expect(config.openai).toBeNull();
    expect(config.cache.redisUrl).toBeNull();
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes values from variables, and counts empty ones as absent', () => {
    const config = loadConfig({
      PORT: '9000',
      DATABASE_URL: 'postgresql://user:hunter2@db:5432/app',
      REDIS_URL: '',
      LOG_LEVEL: ' ',
      OPENAI_BASE_URL: 'http://models:1234/v1',
    });
    expect(config.server.port).toBe(9000);
    expect(config.server.logLevel).toBe('info');
    expect(config.cache.redisUrl).toBeNull();
    expect(config.database).toMatchObject({ kind: 'external', poolSize: 10, statementTimeoutMs: 30_000 });
    expect(config.openai).toEqual({ apiKey: null, baseUrl: 'http://models:1234/v1' });
  });

  it('wants the address of Qdrant where Qdrant is the vector store', () => {
    expect(problemsOf({ VECTOR_STORE: 'qdrant' })).toEqual([
      'QDRANT_URL must be an http:// or https:// address (it is not set)',
    ]);
    expect(problemsOf({ QDRANT_URL: 'ftp://x' })).toHaveLength(1);
    expect(loadConfig({}).vectorStore).toEqual({ kind: 'pgvector' });
    const { vectorStore } = loadConfig({
      VECTOR_STORE: 'qdrant',
      QDRANT_URL: 'http://qdrant:6333',
      QDRANT_API_KEY: 'hunter2',
    });
    expect(vectorStore).toMatchObject({ kind: 'qdrant', url: 'http://qdrant:6333', timeoutMs: 5000 });
    expect(inspect(vectorStore, { depth: 5 })).not.toContain('hunter2');
  });

  it('reports every problem at once, with the variable, the rule and the value', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      OPENAI_BASE_URL: 'ftp://x',
      MAX_BODY_BYTES: '1.5',
    });
    expect(problems).toHaveLength(4);
    expect(problems).toEqual(
      expect.arrayContaining([
        'PORT must be a whole number from 0 to 65535, not "eighty"',
        'LOG_LEVEL must be one of fatal, error, warn, info, debug, not "loud"',
        'OPENAI_BASE_URL must be an http:// or https:// address, not "ftp://x"',
      ]),
    );
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '0x10g'],
    ['DATABASE_POOL_SIZE', '0'],
    ['VECTOR_STORE', 'sqlite'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must`, 'u'))]);
  });

  it('never shows a secret, neither in a problem nor in a dump of the configuration', () => {
    const [problem] = problemsOf({ REDIS_URL: 'mysql://user:hunter2@cache' });
    expect(problem).toBe('REDIS_URL must be a redis:// or rediss:// address');
    const config = loadConfig({ OPENAI_API_KEY: 'sk-hunter2', DATABASE_URL: 'postgres://u:hunter2@db/app' });
    expect(
      `${JSON.stringify(config)}${inspect(config, { depth: 9 })}${String(config.openai?.apiKey)}`,
    ).not.toContain('hunter2');
    expect(config.openai?.apiKey?.reveal()).toBe('sk-hunter2');
  });
});

describe('readEnvironment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'environment-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("reads a .env file beneath the process's own variables", () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'PORT=1234\nPATH=overridden\nLOG_LEVEL="debug" # loud\n');
    const variables = readEnvironment(file);
    expect(variables).toMatchObject({ PORT: '1234', LOG_LEVEL: 'debug', PATH: process.env['PATH'] });
  });

  it('does without the file', () => {
    expect(readEnvironment(join(folder, 'absent'))).toEqual(process.env);
  });
});
