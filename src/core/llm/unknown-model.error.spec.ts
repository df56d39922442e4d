import { UnknownModelError } from './unknown-model.error.js';

describe('UnknownModelError', () => {
  it('lists the models that would do', () => {
    const error = new UnknownModelError(['local-lexical', 'other']);

    expect(error.message).toBe('must be one of local-lexical, other');
    expect(error.knownIds).toEqual(['local-lexical', 'other']);
  });
});
