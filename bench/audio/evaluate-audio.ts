import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type SpeechCall, SpeechStub } from '../../test/support/speech-stub.js';
import { mediaVariables } from '../../test/support/ffmpeg.js';
import { startService } from '../support/service.js';

/** Formats that are converted to, with the codec that has to be in them. */
const CODECS = {
  wav: 'pcm_s16le',
  mp3: 'mp3',
  flac: 'flac',
  ogg: 'vorbis',
  opus: 'opus',
  m4a: 'aac',
  webm: 'opus',
};
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
    return (await Promise.all([transcribed, converted].map(whatIsAmissInRefusal))).flat();
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

/** It has to be 422, with a reason at the file. */
async function whatIsAmissInRefusal(answer: Response): Promise<string[]> {
  if (answer.status !== 422) return [`answered with ${answer.status}`];
  const { errors = [] } = (await answer.json()) as { errors?: { loc: unknown[]; msg: string }[] };
  const hasReason = errors.some(({ loc, msg }) => loc.at(-1) === 'file' && msg !== '');
  return hasReason ? [] : ['refused without a reason'];
}

function whatWasSent(calls: readonly SpeechCall[], seconds: number): string[] {
  const wrong = calls.filter(
    (call) =>
      call.sampleRate !== 16_000 ||
      call.channels !== 1 ||
      call.bitsPerSample !== 16 ||
      call.mediaType !== 'audio/wav',
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
  for (const [format, codec] of Object.entries(CODECS)) {
    const there = await bytesOf(await send(url, '/convert', content, name, { format }));
    const back = await bytesOf(await send(url, '/convert', there, `a.${format}`, { format: 'wav' }));
    const codecs = [codecIn(there), codecIn(back)].join(' and ');
    if (codecs !== `${codec} and ${CODECS.wav}`) problems.push(`${format}: holds ${codecs}`);
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

/** Found by ffprobe itself, without the service. */
function codecIn(content: Buffer): string {
  const { FFPROBE_PATH: path = 'ffprobe' } = mediaVariables();
  const parameters = ['-v', 'quiet', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', '-'];
  return spawnSync(path, parameters, { input: content, encoding: 'utf8' }).stdout.trim() || 'nothing';
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
