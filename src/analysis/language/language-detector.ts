import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import { abortable } from '../../common/async/abortable.js';
import { Deferred } from '../../common/async/deferred.js';

/** The detector looks at the first 1,000 UTF-16 units: these many samples of such a length, and the breaks between. */
const SAMPLES = 3;
const SAMPLE_LENGTH = 330;

interface Answer {
  readonly id: number;
  readonly language: string | null;
}

/** Tells what language a text is in, in a thread that starts with the first text. */
@Injectable()
export class LanguageDetector implements OnApplicationShutdown {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Deferred<string | null>>();
  private asked = 0;

  /** @returns an ISO 639-1 code; null when the text says too little, or in none of the 60 languages that are known */
  detect(text: string, signal: AbortSignal): Promise<string | null> {
    const id = (this.asked += 1);
    const answer = new Deferred<string | null>();
    this.waiting.set(id, answer);
    this.worker ??= this.start();
    this.worker.postMessage({ id, text: sample(text) });
    return abortable(answer.promise, signal);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(new URL('./language-worker.mjs', import.meta.url));
    worker.on('message', ({ id, language }: Answer) => {
      this.waiting.get(id)?.resolve(language);
      this.waiting.delete(id);
    });
    let reason: unknown = new Error('The language detector has ended.');
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', () => {
      this.end(reason);
    });
    // Nobody's language is worth keeping the process for.
    worker.unref();
    return worker;
  }

  /** The next text starts another thread. */
  private end(reason: unknown): void {
    this.worker = null;
    for (const answer of this.waiting.values()) answer.reject(reason);
    this.waiting.clear();
  }
}

/** Pieces from all over a long text: what it begins with is not always in its language. */
function sample(text: string): string {
  if (text.length <= SAMPLES * SAMPLE_LENGTH) return text;
  const starts = Array.from({ length: SAMPLES }, (_, index) => Math.floor((text.length * index) / SAMPLES));
  return starts.map((start) => text.slice(start, start + SAMPLE_LENGTH)).join('\n');
}
