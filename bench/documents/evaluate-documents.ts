import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { postFile } from '../support/http.js';
import { startService } from '../support/service.js';

interface ExpectedFile {
  /** Path within the folder. */
  readonly file: string;
  readonly expect: 'ok' | 'error';
  readonly must_include: readonly string[];
  readonly must_not_include: readonly string[];
}

interface Outcome {
  readonly isRight: boolean;
  readonly explanation: string;
}

const COLLECTION = 'evaluation';

/** Sends every file of a folder's `manifest.jsonl` through the API of a fresh service, and looks at what is stored. */
export async function evaluateDocuments(folder: string): Promise<void> {
  const manifest = await readFile(join(folder, 'manifest.jsonl'), 'utf8');
  const files = manifest
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as ExpectedFile);
  const service = await startService();
  let right = 0;
  try {
    for (const expected of files) {
      const started = performance.now();
      const { isRight, explanation } = await tryFile(service.url, folder, expected);
      if (isRight) right += 1;
      const time = `${(performance.now() - started).toFixed(0)} ms`;
      console.log(
        `${isRight ? 'right' : 'WRONG'}  ${expected.file.padEnd(32)} ${time.padStart(8)}  ${explanation}`,
      );
    }
  } finally {
    await service.stop();
  }
  console.log(`${folder}: ${right} of ${files.length} files as expected`);
}

async function tryFile(url: string, folder: string, expected: ExpectedFile): Promise<Outcome> {
  const content = await readFile(join(folder, expected.file));
  const answer = await postFile(`${url}/api/v1/rag/index/file`, basename(expected.file), content, {
    collection: COLLECTION,
  });
  if (answer.status !== 200) {
    const isRefusal = [413, 415, 422].includes(answer.status);
    return {
      isRight: expected.expect === 'error' && isRefusal,
      explanation: `${answer.status} ${String(answer.body['detail'])}`,
    };
  }
  const {
    document_ids: ids,
    chunks,
    pages = '-',
  } = answer.body as {
    document_ids: string[];
    chunks: number;
    pages?: number;
  };
  if (expected.expect === 'error') return { isRight: false, explanation: 'was accepted' };
  const text = await storedText(url, ids[0] ?? '');
  const missing = expected.must_include.filter((part) => !text.includes(oneLine(part)));
  const unwanted = expected.must_not_include.filter((part) => text.includes(part));
  const explanation = [
    `chunks ${chunks}, pages ${pages}, ${text.length} characters`,
    ...missing.map((part) => `lacks ${JSON.stringify(part)}`),
    ...unwanted.map((part) => `has ${JSON.stringify(part)}`),
  ];
  return { isRight: missing.length + unwanted.length === 0, explanation: explanation.join('; ') };
}

/** The text of a document as its chunks have it, on one line. */
async function storedText(url: string, id: string): Promise<string> {
  const path = `/api/v1/rag/collection/${COLLECTION}/documents/${encodeURIComponent(id)}`;
  const response = await fetch(`${url}${path}`);
  const { chunks } = (await response.json()) as { chunks: { text: string; start: number; end: number }[] };
  let end = 0;
  let text = '';
  for (const chunk of chunks) {
    // What a chunk repeats of the one before it counts once.
    text += chunk.start >= end ? ` ${chunk.text}` : chunk.text.slice(end - chunk.start);
    end = chunk.end;
  }
  return oneLine(text);
}

function oneLine(text: string): string {
  return text.split(/\s+/u).join(' ').trim();
}
