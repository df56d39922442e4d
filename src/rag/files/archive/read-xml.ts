import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { READING_LIMITS } from '../reading-limits.js';
import { UnreadableFileError } from '../unreadable-file.error.js';

/** What happens while XML comes in. Names come without their prefixes. */
export interface XmlHandler {
  open?(name: string, attributes: ReadonlyMap<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Reads XML piece by piece. A document type is refused, so there are no entities but XML's own five.
 * @throws UnreadableFileError when it is no XML
 */
export async function readXml(pieces: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser();
  let depth = 0;
  parser.on('doctype', () => {
    throw new UnreadableFileError('is broken: its XML has a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > READING_LIMITS.xmlDepth) throw new UnreadableFileError('is nested too deep');
    handler.open?.(localName(name), localAttributes(attributes));
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handler.close?.(localName(name));
  });
  parser.on('text', (text) => handler.text?.(text));
  let decoder: TextDecoder | null = null;
  for await (const piece of pieces) {
    decoder ??= new TextDecoder(isWide(piece) ? 'utf-16' : 'utf-8');
    feed(parser, decoder.decode(piece, { stream: true }));
  }
  feed(parser, decoder?.decode() ?? '');
  finish(parser);
}

function feed(parser: SaxesParser, text: string): void {
  try {
    parser.write(text);
  } catch (error) {
    rethrow(error);
  }
}

function finish(parser: SaxesParser): void {
  try {
    parser.close();
  } catch (error) {
    rethrow(error);
  }
}

function rethrow(error: unknown): never {
  if (error instanceof UnreadableFileError) throw error;
  throw new UnreadableFileError('is broken: a part of it is no XML', { cause: error });
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** With and without their prefixes: `r:id` is not `id`. */
function localAttributes(attributes: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(attributes));
}

function isWide(piece: Buffer): boolean {
  return (piece[0] === 0xff && piece[1] === 0xfe) || (piece[0] === 0xfe && piece[1] === 0xff);
}
