import { BYTES_PER_SAMPLE, SPEECH_SAMPLE_RATE } from '../../core/media/level-meter.js';
import type { Piece } from './plan-pieces.js';

export const WAV_HEADER_BYTES = 44;
const FORMAT_CHUNK_BYTES = 16;
const UNCOMPRESSED = 1;

/** One piece of a recording as a WAV file. The samples stay where they are until they are read. */
export function pieceAudio(samples: Blob, { start, end }: Piece): Blob {
  const from = start * BYTES_PER_SAMPLE;
  const to = end * BYTES_PER_SAMPLE;
  return new Blob([new Uint8Array(wavHeader(to - from)), samples.slice(from, to)], { type: 'audio/wav' });
}

/** Samples that a WAV file of so many bytes holds. */
export function samplesWithin(bytes: number): number {
  return Math.floor((bytes - WAV_HEADER_BYTES) / BYTES_PER_SAMPLE);
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(FORMAT_CHUNK_BYTES, 16);
  header.writeUInt16LE(UNCOMPRESSED, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SPEECH_SAMPLE_RATE, 24);
  header.writeUInt32LE(SPEECH_SAMPLE_RATE * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
