import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type SpeechCall, SpeechStub } from '../../test/support/speech-stub.js';
import { mediaVariables } from '../../test/support/ffmpeg.js';
import { startService } from '../support/service.js';

const FORMATS = ['wav', 'mp3', 'flac', 'ogg', 'opus', 'm4a', 'webm'];
const TOLERANCE = 0.02;
const BASE = '/api/v1/transcription';

interface Entry {
  readonly file: string;
  /** Null for a file that holds no audio. */
  readonly seconds: number | null;
  /** Empty for silence, null where there is none. */
  readonly transcript: string | null;
}

/**
 * Sends recordings through the service: each to every format and back, and to a stub of a speech model that looks at
 * what it is sent. What is broken has to be refused, and silence has to cost nothing.
 * @param folder with `manifest.jsonl`
 */
export async function evaluateAudio(folder: string): Promise<void> {
  const lines = (await readFile(join(folder, 'manifest.jsonl'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '');
  const entries = lines.map((line) => JSON.parse(line) as Entry);
  const stub = await SpeechStub.start();
  const service = await startService({
    ...mediaVariables(),
    OPENAI_BASE_URL: stub.baseUrl,
    EMBEDDING_MODEL: 'local-lexical',
  });
  try {
    const failures: string[] = [];
    for (const entry of entries) {
      stub.reset();
      const content = await readFile(join(folder, entry.file));
      const wrong = await judge(service.url, stub, entry, content);
      console.log(`${entry.file.padEnd(24)} ${wrong.length === 0 ? 'ok' : wrong.join('; ')}`);
      failures.push(...wrong);
    }
    console.log(`${entries.length} files, ${failures.length} failures`);
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    await service.stop();
    await stub.close();
  }
}

/** What is wrong with the service's answers about a file. */
async function judge(url: string, stub: SpeechStub, entry: Entry, content: Buffer): Promise<string[]> {
  const name = basename(entry.file);
  const transcribed = await send(url, '/transcribe', content, name);
  if (entry.file.startsWith('broken/') && entry.transcript === null) {
    const converted = await send(url, '/convert', content, name, { format: 'wav' });
    const statuses = [transcribed, converted].map(({ status }) => status);
    return statuses.every((status) => status === 422) ? [] : [`answered with ${statuses.join(' and ')}`];
  }
  const problems = transcribed.status === 200 ? [] : [`transcribed with ${transcribed.status}`];
  if (entry.transcript === '') {
    const { text } = (await transcribed.json()) as { text: string };
    return [
      ...problems,
      ...(text === '' && stub.calls.length === 0 ? [] : ['something is heard in silence']),
    ];
  }
  const sent = whatWasSent(stub.calls, entry.seconds ?? 0);
  return [...problems, ...sent, ...(await convertAll(url, content, name, entry.seconds ?? 0))];
}

function whatWasSent(calls: readonly SpeechCall[], seconds: number): string[] {
  const wrong = calls.filter(
    (call) => call.sampleRate !== 16_000 || call.channels !== 1 || call.mediaType !== 'audio/wav',
  );
  const total = calls.reduce((sum, call) => sum + call.seconds, 0);
  // Silence at the ends is left out.
  const isComplete = calls.length > 0 && total <= seconds * (1 + TOLERANCE) && total >= seconds * 0.8;
  return [
    ...(wrong.length > 0 ? ['sent in another form'] : []),
    ...(isComplete ? [] : [`sent ${total.toFixed(2)} s of ${seconds} s`]),
  ];
}

async function convertAll(url: string, content: Buffer, name: string, seconds: number): Promise<string[]> {
  const problems: string[] = [];
  for (const format of FORMATS) {
    const there = await bytesOf(await send(url, '/convert', content, name, { format }));
    const back = await bytesOf(await send(url, '/convert', there, `a.${format}`, { format: 'wav' }));
    for (const [step, bytes] of [there, back].entries()) {
      const estimate = (await (await send(url, '/estimate-cost', bytes, 'a')).json()) as {
        duration_seconds: number;
      };
      const error = Math.abs(estimate.duration_seconds - seconds) / seconds;
      if (!(error <= TOLERANCE))
        problems.push(`${format} ${step === 0 ? 'there' : 'back'}: ${(100 * error).toFixed(1)} %`);
    }
  }
  return problems;
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

function send(
  url: string,
  path: string,
  content: Buffer,
  name: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([new Uint8Array(content)]), name);
  return fetch(`${url}${BASE}${path}`, { method: 'POST', body: form });
}
