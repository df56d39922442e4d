import chardet from 'chardet';
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** How much of a text its encoding is guessed from, in bytes. */
const SAMPLE_BYTES = 64 * 1024;
const FALLBACK = 'windows-1252';

const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** Text of these bytes: by their mark, as UTF-8 where they are, or by what languages look like in old encodings. */
export function decodeText(bytes: Buffer): string {
  return new TextDecoder(findEncoding(bytes)).decode(bytes);
}

/** The label of the encoding, as `TextDecoder` takes it. */
export function findEncoding(bytes: Buffer): string {
  return markedEncoding(bytes) ?? wideEncoding(bytes) ?? (isUtf8(bytes) ? 'utf-8' : guess(bytes));
}

/** Whether the bytes are text in some encoding. A part of a text may end within a character. */
export function looksLikeText(bytes: Buffer): boolean {
  if (markedEncoding(bytes) !== null || wideEncoding(bytes) !== null) return true;
  const strange = bytes.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  // Old encodings of Japanese have a few of them; binary files a twelfth.
  return !bytes.includes(0) && strange <= bytes.length / 100;
}

function markedEncoding(bytes: Buffer): string | null {
  const found = MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  return found?.[1] ?? null;
}

/** UTF-16 without a mark: every other byte of a text in a Latin script is zero. */
function wideEncoding(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, 1024);
  if (sample.length < 8) return null;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => count / (sample.length / 2));
  if (odd > 0.7 && even < 0.05) return 'utf-16le';
  return even > 0.7 && odd < 0.05 ? 'utf-16be' : null;
}

function guess(bytes: Buffer): string {
  for (const { name, confidence } of chardet.analyse(bytes.subarray(0, SAMPLE_BYTES))) {
    // Guesses of the many-byte encodings rest on much; those among the single-byte ones on letters' frequencies.
    if (confidence < 20 || /^utf-/iu.test(name)) continue;
    const label = decodable(name);
    if (label !== null) return label;
  }
  return FALLBACK;
}

function decodable(name: string): string | null {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}

function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b;
}
