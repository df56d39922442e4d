import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Burst, renderBursts } from './bursts.js';
import { mediaVariables } from './ffmpeg.js';

const SAMPLE_RATE = 16_000;

export interface Repetition {
  readonly blockSeconds: number;
  readonly blocks: number;
}

/** The bursts of a recording in which the same block comes again and again. */
export function repeatBursts(bursts: readonly Burst[], { blockSeconds, blocks }: Repetition): Burst[] {
  return Array.from({ length: blocks }, (_, block) =>
    bursts.map(({ start, end, frequency }) => ({
      start: start + block * blockSeconds,
      end: end + block * blockSeconds,
      frequency,
    })),
  ).flat();
}

/** Writes that recording as FLAC. */
export async function writeRecording(
  path: string,
  bursts: readonly Burst[],
  { blockSeconds, blocks }: Repetition,
): Promise<void> {
  const { FFMPEG_PATH: ffmpeg = 'ffmpeg' } = mediaVariables();
  const input = ['-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', '1', '-i', 'pipe:0'];
  const output = ['-compression_level', '0', '-f', 'flac', path];
  const encoder = spawn(ffmpeg, ['-v', 'error', '-y', ...input, ...output], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(encoder, 'close');
  const { buffer } = renderBursts(bursts, { from: 0, to: blockSeconds, sampleRate: SAMPLE_RATE });
  for (let block = 0; block < blocks; block += 1) {
    if (!encoder.stdin.write(Buffer.from(buffer))) await once(encoder.stdin, 'drain');
  }
  encoder.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error('The recording could not be made.');
}
