import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { decodeText, findEncoding } from './decode-text.js';

/** Where browsers look for the encoding, in bytes. */
const HEAD_BYTES = 4096;
const DECLARED = /<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s{0,10}=\s{0,10}["']?([\w.:-]{2,40})/iu;

/** Text of a page: in the encoding that it declares, unless its bytes say otherwise. */
export function decodeHtml(bytes: Buffer): string {
  if (findEncoding(bytes) !== 'utf-8' || !isUtf8(bytes)) {
    const [, label] = DECLARED.exec(bytes.toString('latin1', 0, HEAD_BYTES)) ?? [];
    const declared = label === undefined ? null : decoder(label);
    if (declared !== null && !declared.encoding.startsWith('utf-')) return declared.decode(bytes);
  }
  return decodeText(bytes);
}

function decoder(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}
