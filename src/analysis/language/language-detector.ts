import { Injectable, type OnModuleInit } from '@nestjs/common';

/** The detector looks at the first 1,000 UTF-16 units: these many samples of such a length, and the breaks between. */
const SAMPLES = 3;
const SAMPLE_LENGTH = 330;

type Detector = (typeof import('eld/extrasmall'))['eld'];

/** Tells what language a text is in. */
@Injectable()
export class LanguageDetector implements OnModuleInit {
  private detector: Detector | null = null;

  /** Its tables take some 0.3 s to load, during which nothing else would be answered. */
  async onModuleInit(): Promise<void> {
    this.detector = (await import('eld/extrasmall')).eld;
  }

  /** @returns an ISO 639-1 code; null when the text says too little, or in none of the 60 languages that are known */
  detect(text: string): string | null {
    if (this.detector === null) throw new Error('The language detector has not been loaded.');
    const result = this.detector.detect(sample(text));
    return result.language !== '' && result.isReliable() ? result.language : null;
  }
}

/** Pieces from all over a long text: what it begins with is not always in its language. */
function sample(text: string): string {
  if (text.length <= SAMPLES * SAMPLE_LENGTH) return text;
  const starts = Array.from({ length: SAMPLES }, (_, index) => Math.floor((text.length * index) / SAMPLES));
  return starts.map((start) => text.slice(start, start + SAMPLE_LENGTH)).join('\n');
}
