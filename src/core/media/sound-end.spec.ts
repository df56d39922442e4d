import { soundEnd } from './sound-end.js';

describe('soundEnd', () => {
  const FACTS = {
    demuxer: 'mov',
    sampleRate: 16_000,
    frameSamples: 1024,
    frames: 30,
    seconds: 1.812,
    delay: 0,
  };

  it('believes a container that leaves out padding', () => {
    expect(soundEnd(FACTS)).toBe(1.812);
  });

  it.each([
    ['more than padding is left out', { seconds: 1.6 }],
    ['nothing is left out', { frames: 28 }],
    ['the stream begins later', { delay: 0.2 }],
    ['the container has no such notes', { demuxer: 'ogg' }],
    ['it may be any container', { demuxer: null }],
    ['no length is told', { seconds: NaN }],
    ['no length is left', { seconds: 0 }],
    ['no number of frames is told', { frames: NaN }],
    ['no beginning is told', { delay: NaN }],
  ])('takes all that is decoded where %s', (_, change) => {
    expect(soundEnd({ ...FACTS, ...change })).toBeNull();
  });
});
