import { toWav } from './bursts.js';

/** A WAV file of silence. */
export function silence(seconds: number, sampleRate = 16_000): Buffer {
  return toWav(new Int16Array(Math.round(seconds * sampleRate)), sampleRate);
}

/** A WAV file with a tone. */
export function tone(seconds: number, sampleRate = 16_000, frequency = 440): Buffer {
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  return toWav(
    samples.map((_, index) => 9000 * Math.sin((2 * Math.PI * frequency * index) / sampleRate)),
    sampleRate,
  );
}
