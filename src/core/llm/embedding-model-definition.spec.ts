import { definitionOf, findInCatalog, parseModelId } from './embedding-model-definition.js';

describe('parseModelId', () => {
  it.each([
    ['local-lexical', { provider: 'local', name: 'local-lexical' }],
    ['text-embedding-3-small', { provider: 'openai', name: 'text-embedding-3-small' }],
    ['openai/text-embedding-3-small', { provider: 'openai', name: 'text-embedding-3-small' }],
    ['openai/BAAI/bge-m3', { provider: 'openai', name: 'BAAI/bge-m3' }],
    ['local/other', { provider: 'local', name: 'other' }],
    ['unheard-of', null],
    ['BAAI/bge-m3', null],
    ['openai/', null],
    ['', null],
  ])('reads %j as %j', (id, reference) => {
    expect(parseModelId(id)).toEqual(reference);
  });
});

describe('findInCatalog', () => {
  it('goes by provider and name', () => {
    expect(findInCatalog({ provider: 'local', name: 'local-lexical' })?.dimensions).toBe(384);
    expect(findInCatalog({ provider: 'openai', name: 'local-lexical' })).toBeNull();
  });
});

describe('definitionOf', () => {
  it('assumes neither price nor length of a model that is in no catalogue', () => {
    expect(definitionOf({ provider: 'openai', name: 'new' }, 'openai/new')).toEqual({
      provider: 'openai',
      name: 'new',
      nativeDimensions: null,
      descriptor: {
        id: 'openai/new',
        provider: 'openai',
        dimensions: null,
        minDimensions: null,
        maxInputTokens: 8192,
        pricePerMillionTokens: null,
      },
    });
  });
});
