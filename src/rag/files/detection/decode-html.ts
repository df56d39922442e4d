import iconv from 'iconv-lite';
import { isUtf8 } from 'node:buffer';
import { decodeText, findEncoding } from './decode-text.js';

/** Where browsers look for the encoding, in bytes. */
const HEAD_BYTES = 4096;
const DECLARED = /<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s{0,10}=\s{0,10}["']?([\w.:-]{2,40})/iu;
/** Browsers take these for Windows-1252, because so many pages mean that. */
const LATIN_1 = /^(?:iso-?8859-1|latin-?1|us-ascii|ascii)$/iu;

/** Text of a page: in the encoding that it declares, unless its bytes say otherwise. */
export function decodeHtml(bytes: Buffer): string {
  if (findEncoding(bytes) !== 'utf-8' || !isUtf8(bytes)) {
    const [, label] = DECLARED.exec(bytes.toString('latin1', 0, HEAD_BYTES)) ?? [];
    if (label !== undefined && isOldEncoding(label))
      return iconv.decode(bytes, LATIN_1.test(label) ? 'windows-1252' : label);
  }
  return decodeText(bytes);
}

function isOldEncoding(label: string): boolean {
  return !/^utf/iu.test(label) && iconv.encodingExists(label);
}
