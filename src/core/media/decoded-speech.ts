import { open } from 'node:fs/promises';
import { LevelMeter } from './level-meter.js';

const READ_BYTES = 64 * 1024;

/** A recording as speech models work on it: raw samples (see `level-meter`) in a file of ours. */
export interface DecodedSpeech {
  readonly path: string;
  readonly samples: number;
  /** How loud it is, for each 10 ms. */
  readonly levels: Uint8Array;
}

/**
 * Measures samples that were decoded, all of them through the same memory: hours of them as well.
 * @throws the signal's reason
 */
export async function measureSpeech(path: string, signal: AbortSignal): Promise<DecodedSpeech> {
  const meter = new LevelMeter();
  const buffer = Buffer.alloc(READ_BYTES);
  const file = await open(path);
  try {
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) break;
      meter.add(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return { path, samples: meter.sampleCount, levels: meter.finish() };
}
