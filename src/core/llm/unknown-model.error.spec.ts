import { UnknownModelError } from './unknown-model.error.js';

describe('UnknownModelError', () => {
  it('lists the models that would do', () => {
    const error = new UnknownModelError(['local-lexical', 'other']);

    expect(error.message).toBe('must be one of local-lexical, other');
    expect(error.knownIds).toEqual(['local-lexical', 'other']);
  });

  it.each([
    [['local'], 'must be one of local, or a language model, which needs A_KEY'],
    [[], 'must be a language model, which needs A_KEY'],
  ])('beside %j names the settings that more models wait for', (knownIds, message) => {
    expect(new UnknownModelError(knownIds, 'A_KEY').message).toBe(message);
  });
});
