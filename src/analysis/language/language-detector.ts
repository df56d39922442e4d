import { Injectable, type OnModuleInit } from '@nestjs/common';

/** As much of a text as is looked at, in UTF-16 units: more makes no surer. */
const SAMPLE_LENGTH = 4000;

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
    const middle = Math.floor(text.length / 2);
    const samples = [
      text.slice(0, SAMPLE_LENGTH),
      // What texts begin with is not always in their language.
      ...(middle > SAMPLE_LENGTH ? [text.slice(middle, middle + SAMPLE_LENGTH)] : []),
    ];
    const result = this.detector.detect(samples.join('\n'));
    return result.language !== '' && result.isReliable() ? result.language : null;
  }
}
