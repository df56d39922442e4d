/** A stretch of sound in a recording that stands for speech: each has a frequency of its own. */
export interface Burst {
  /** In seconds. */
  readonly start: number;
  readonly end: number;
  /** In Hz, a multiple of `FREQUENCY_STEP`. */
  readonly frequency: number;
}

const FREQUENCY_STEP = 20;
const LOWEST = 200;
const FREQUENCIES = 130;
/** Longest dip within a burst, in seconds. Pauses between bursts are longer. */
const LONGEST_DIP = 0.1;
const LOUD = 1000;

/** Random numbers from 0 to just under 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Bursts of 0.3 to 4 s with pauses of 0.25 to 2 s between them, and now and then a long silence. */
export function planBursts(seconds: number, seed: number): Burst[] {
  const random = seeded(seed);
  const bursts: Burst[] = [];
  let at = 0.5;
  while (at + 4 < seconds) {
    const end = at + 0.3 + random() * 3.7;
    bursts.push({ start: at, end, frequency: LOWEST + FREQUENCY_STEP * (bursts.length % FREQUENCIES) });
    at = end + 0.25 + random() * 1.75 + (random() < 0.01 ? 12 : 0);
  }
  return bursts;
}

/** The samples of a stretch of the recording, as 16-bit numbers: tones that swell and fade, on a little noise. */
export function renderBursts(
  bursts: readonly Burst[],
  { from, to, sampleRate }: { from: number; to: number; sampleRate: number },
): Int16Array {
  const random = seeded(from + 1);
  const first = Math.round(from * sampleRate);
  const samples = new Int16Array(Math.round(to * sampleRate) - first).map(() => (random() - 0.5) * 20);
  for (const { start, end, frequency } of bursts) {
    if (end <= from || start >= to) continue;
    const begin = Math.max(0, Math.round(start * sampleRate) - first);
    const stop = Math.min(samples.length, Math.round(end * sampleRate) - first);
    for (let index = begin; index < stop; index += 1) {
      const time = (first + index) / sampleRate - start;
      const swell = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * time);
      samples[index] = 12_000 * swell * Math.sin(2 * Math.PI * frequency * time);
    }
  }
  return samples;
}

/** What was heard in a recording. */
export function findBursts(samples: Int16Array, sampleRate: number): Burst[] {
  const gap = LONGEST_DIP * sampleRate;
  const found: Burst[] = [];
  let start = -1;
  let last = -1;
  const finish = () => {
    if (start >= 0 && last - start > gap) found.push(describe(samples, start, last, sampleRate));
  };
  for (let index = 0; index < samples.length; index += 1) {
    if (Math.abs(samples[index] ?? 0) < LOUD) continue;
    if (start < 0 || index - last > gap) {
      finish();
      start = index;
    }
    last = index;
  }
  finish();
  return found;
}

function describe(samples: Int16Array, start: number, last: number, sampleRate: number): Burst {
  let crossings = 0;
  for (let index = start + 1; index <= last; index += 1) {
    if ((samples[index - 1] ?? 0) < 0 && (samples[index] ?? 0) >= 0) crossings += 1;
  }
  const exact = (crossings * sampleRate) / (last - start);
  return {
    start: start / sampleRate,
    end: last / sampleRate,
    frequency: Math.round(exact / FREQUENCY_STEP) * FREQUENCY_STEP,
  };
}

/** Reads a WAV file with 16-bit samples. */
export function readWav(file: Buffer) {
  if (file.toString('latin1', 0, 4) !== 'RIFF') throw new Error('No WAV file.');
  const header = 44;
  const samples = new Int16Array((file.length - header) >> 1);
  for (let index = 0; index < samples.length; index += 1)
    samples[index] = file.readInt16LE(header + index * 2);
  return {
    channels: file.readUInt16LE(22),
    sampleRate: file.readUInt32LE(24),
    bitsPerSample: file.readUInt16LE(34),
    samples,
  };
}

/** The same as a WAV file. */
export function toWav(samples: Int16Array, sampleRate: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
