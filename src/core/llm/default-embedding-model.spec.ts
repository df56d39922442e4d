import { loadConfig } from '../../config/load-config.js';
import { chooseDefaultModel } from './default-embedding-model.js';

function choose(variables: Record<string, string>) {
  return chooseDefaultModel(loadConfig(variables));
}

const KEY = { OPENAI_API_KEY: 'sk-test' };

describe('chooseDefaultModel', () => {
  it.each<[Record<string, string>, string, number | null]>([
    [{}, 'local-lexical', 384],
    [KEY, 'text-embedding-3-small', 1536],
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }, 'text-embedding-3-small', 1536],
    [{ ...KEY, EMBEDDING_MODEL: 'text-embedding-3-large' }, 'text-embedding-3-large', 3072],
    [{ ...KEY, EMBEDDING_MODEL: 'openai/text-embedding-3-large' }, 'text-embedding-3-large', 3072],
    [{ ...KEY, EMBEDDING_MODEL: 'local-lexical' }, 'local-lexical', 384],
    [{ EMBEDDING_MODEL: 'local/local-lexical', EMBEDDING_DIMENSIONS: '64' }, 'local-lexical', 64],
    [{ ...KEY, EMBEDDING_DIMENSIONS: '512' }, 'text-embedding-3-small', 512],
    [
      { ...KEY, EMBEDDING_MODEL: 'text-embedding-ada-002', EMBEDDING_DIMENSIONS: '1536' },
      'text-embedding-ada-002',
      1536,
    ],
    [{ ...KEY, EMBEDDING_MODEL: 'BAAI/bge-m3' }, 'BAAI/bge-m3', null],
    [{ ...KEY, EMBEDDING_MODEL: 'BAAI/bge-m3', EMBEDDING_DIMENSIONS: '1024' }, 'BAAI/bge-m3', 1024],
    [{ ...KEY, EMBEDDING_MODEL: 'openai/new' }, 'openai/new', null],
  ])('with %j is %s with %j dimensions', (variables, id, dimensions) => {
    expect(choose(variables).descriptor).toMatchObject({ id, dimensions });
  });

  it('knows what the server makes unasked', () => {
    expect(choose({ ...KEY, EMBEDDING_DIMENSIONS: '512' }).nativeDimensions).toBe(1536);
    expect(choose({ ...KEY, EMBEDDING_MODEL: 'new', EMBEDDING_DIMENSIONS: '512' }).nativeDimensions).toBe(
      512,
    );
    expect(choose({ ...KEY, EMBEDDING_MODEL: 'new' }).nativeDimensions).toBeNull();
  });

  it.each<[Record<string, string>, string]>([
    [
      { EMBEDDING_MODEL: 'text-embedding-3-small' },
      'EMBEDDING_MODEL is text-embedding-3-small, which needs OPENAI_API_KEY',
    ],
    [{ EMBEDDING_MODEL: 'unheard-of' }, 'EMBEDDING_MODEL is unheard-of, which needs OPENAI_API_KEY'],
    [{ ...KEY, EMBEDDING_MODEL: 'local/other' }, 'the only local model is local-lexical'],
    [{ EMBEDDING_DIMENSIONS: '63' }, 'EMBEDDING_DIMENSIONS must be from 64 to 384 for local-lexical, not 63'],
    [
      { EMBEDDING_DIMENSIONS: '385' },
      'EMBEDDING_DIMENSIONS must be from 64 to 384 for local-lexical, not 385',
    ],
    [{ ...KEY, EMBEDDING_DIMENSIONS: '1537' }, 'from 1 to 1536 for text-embedding-3-small'],
    [
      { ...KEY, EMBEDDING_MODEL: 'text-embedding-ada-002', EMBEDDING_DIMENSIONS: '512' },
      'EMBEDDING_DIMENSIONS must be 1536 for text-embedding-ada-002, not 512',
    ],
  ])('refuses %j', (variables, problem) => {
    expect(() => choose(variables)).toThrow(problem);
  });

  it('names all problems at once', () => {
    expect(() => choose({ EMBEDDING_MODEL: 'text-embedding-3-large', EMBEDDING_DIMENSIONS: '4000' })).toThrow(
      expect.objectContaining({
        name: 'ConfigurationError',
        problems: [expect.any(String), expect.any(String)],
      }) as Error,
    );
  });
});
