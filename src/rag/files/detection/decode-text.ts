import chardet from 'chardet';
import iconv from 'iconv-lite';
import { isUtf8 } from 'node:buffer';

/** How much of a text its encoding is guessed from, in bytes. */
const SAMPLE_BYTES = 64 * 1024;
const FALLBACK = 'windows-1252';
/** Encodings of languages whose letters are those of ASCII and a few more, which are a small share of any text. */
const LATIN = /^(?:windows-125[02478]|ISO-8859-(?:1|2|3|4|9|10|13|14|15|16))$/iu;
const MOST_ACCENTS = 0.3;
const UNDEFINED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** Text of these bytes: by their mark, as UTF-8 where they are, or by what languages look like in old encodings. */
export function decodeText(bytes: Buffer): string {
  return iconv.decode(bytes, findEncoding(bytes));
}

/** The name of the encoding. */
export function findEncoding(bytes: Buffer): string {
  return markedEncoding(bytes) ?? wideEncoding(bytes) ?? (isUtf8(bytes) ? 'utf-8' : guess(bytes));
}

/** Whether the bytes are text in some encoding. A part of a text may end within a character. */
export function looksLikeText(bytes: Buffer): boolean {
  if (markedEncoding(bytes) !== null || wideEncoding(bytes) !== null) return true;
  // Binary files have them as a twelfth of their bytes.
  return !bytes.includes(0) && shareOf(bytes, isControl) <= 0.01;
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

/** By the frequencies of letters, after what the bytes rule out: most guesses on short texts are wrong otherwise. */
function guess(bytes: Buffer): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const isWestern = shareOf(sample, (byte) => byte >= 0x80) < MOST_ACCENTS;
  const isUndefined1252 = sample.some((byte) => UNDEFINED_IN_1252.has(byte));
  const hasC1 = sample.some((byte) => byte >= 0x80 && byte < 0xa0);
  for (const { name } of chardet.analyse(sample)) {
    if (/^(?:utf|ascii)/iu.test(name) || LATIN.test(name) !== isWestern) continue;
    // In these the bytes from 0x80 to 0x9f are control characters, which no text has.
    if (hasC1 && name.startsWith('ISO-8859')) continue;
    if (isUndefined1252 && name === FALLBACK) continue;
    if (iconv.encodingExists(name)) return name;
  }
  return FALLBACK;
}

function shareOf(bytes: Buffer, accepts: (byte: number) => boolean): number {
  return bytes.reduce((count, byte) => count + (accepts(byte) ? 1 : 0), 0) / Math.max(1, bytes.length);
}

function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b;
}
