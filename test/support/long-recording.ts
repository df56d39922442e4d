import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Burst, renderBursts } from './bursts.js';
import { mediaVariables } from './ffmpeg.js';

const CHUNK_SECONDS = 30;

/** Writes a recording of any length as FLAC, a little at a time. */
export async function writeRecording(
  path: string,
  { bursts, seconds, sampleRate }: { bursts: readonly Burst[]; seconds: number; sampleRate: number },
): Promise<void> {
  const { FFMPEG_PATH: ffmpeg = 'ffmpeg' } = mediaVariables();
  const input = ['-f', 's16le', '-ar', String(sampleRate), '-ac', '1', '-i', 'pipe:0'];
  const encoder = spawn(
    ffmpeg,
    ['-v', 'error', '-y', ...input, '-compression_level', '0', '-f', 'flac', path],
    {
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  );
  const ended = once(encoder, 'close');
  for (let from = 0; from < seconds; from += CHUNK_SECONDS) {
    const to = Math.min(seconds, from + CHUNK_SECONDS);
    const nearby = bursts.filter((burst) => burst.end > from && burst.start < to);
    const { buffer } = renderBursts(nearby, { from, to, sampleRate });
    if (!encoder.stdin.write(Buffer.from(buffer))) await once(encoder.stdin, 'drain');
  }
  encoder.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error('The recording could not be made.');
}
