import { FRAME_SAMPLES, FULL_SCALE_LEVEL, LevelMeter } from './level-meter.js';

/** So many samples of one value, as bytes. */
function samples(count: number, value: number): Buffer {
  const bytes = Buffer.alloc(count * 2);
  for (let index = 0; index < count; index += 1) bytes.writeInt16LE(value, index * 2);
  return bytes;
}

describe('LevelMeter', () => {
  it('measures each frame in decibels, the last one too', () => {
    const meter = new LevelMeter();
    meter.add(samples(FRAME_SAMPLES, -32_768));
    meter.add(samples(FRAME_SAMPLES, 0));
    meter.add(samples(FRAME_SAMPLES, 3277));
    meter.add(samples(10, 327));
    expect(meter.sampleCount).toBe(3 * FRAME_SAMPLES + 10);
    expect([...meter.finish()]).toEqual([FULL_SCALE_LEVEL, 0, FULL_SCALE_LEVEL - 20, FULL_SCALE_LEVEL - 40]);
  });

  it('measures the same however the bytes come', () => {
    const bytes = Buffer.concat([samples(FRAME_SAMPLES, -1234), samples(FRAME_SAMPLES, 20_000)]);
    const whole = new LevelMeter();
    whole.add(bytes);
    const parted = new LevelMeter();
    for (let start = 0; start < bytes.length; start += 3) parted.add(bytes.subarray(start, start + 3));
    expect(parted.sampleCount).toBe(whole.sampleCount);
    expect(parted.finish()).toEqual(whole.finish());
  });

  it('has room for long recordings', () => {
    const meter = new LevelMeter();
    meter.add(samples(5000 * FRAME_SAMPLES, 32_767));
    const levels = meter.finish();
    expect([levels.length, levels[0], levels.at(-1)]).toEqual([5000, FULL_SCALE_LEVEL, FULL_SCALE_LEVEL]);
  });

  it('has no frames of nothing', () => {
    expect(new LevelMeter().finish()).toHaveLength(0);
  });
});
