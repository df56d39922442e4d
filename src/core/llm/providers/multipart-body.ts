import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

/** A form as it goes over the wire. Files are read while they are sent. */
export interface MultipartBody {
  readonly contentType: string;
  /** In bytes; servers that don't take chunks want to know. */
  readonly length: number;
  readonly content: Readable;
}

/** Encodes a form as `multipart/form-data`. */
export function encodeForm(form: FormData): MultipartBody {
  const boundary = `form-${randomUUID()}`;
  const parts = [...form].map(([name, value]) => ({ head: partHead(boundary, name, value), value }));
  const end = Buffer.from(`--${boundary}--\r\n`);
  const length = parts.reduce((sum, { head, value }) => sum + head.length + sizeOf(value) + 2, end.length);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length,
    content: Readable.from(encodeParts(parts, end), { objectMode: false }),
  };
}

interface Part {
  readonly head: Buffer;
  readonly value: string | File;
}

async function* encodeParts(parts: readonly Part[], end: Buffer): AsyncGenerator<Uint8Array> {
  for (const { head, value } of parts) {
    yield head;
    if (typeof value === 'string') yield Buffer.from(value);
    else yield* value.stream();
    yield Buffer.from('\r\n');
  }
  yield end;
}

function partHead(boundary: string, name: string, value: string | File): Buffer {
  const file = typeof value === 'string' ? '' : `; filename="${quote(value.name)}"`;
  const type =
    typeof value === 'string' ? '' : `Content-Type: ${value.type || 'application/octet-stream'}\r\n`;
  return Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"${file}\r\n${type}\r\n`,
  );
}

function sizeOf(value: string | File): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : value.size;
}

/** As browsers do it. */
function quote(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
