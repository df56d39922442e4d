import type { FileSection, Place } from '../file-text.js';
import { READING_LIMITS } from '../reading-limits.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { cleanLine, cleanText } from './clean-text.js';

const MAX_HEADING_LENGTH = 300;

/** Collects text into sections, one for each heading and each place. */
export class SectionWriter {
  private readonly sections: FileSection[] = [];
  private readonly outline: { level: number; text: string }[] = [];
  private place: Place = {};
  private pieces: string[] = [];
  private characters = 0;

  /** Starts a page, slide or sheet. */
  enter(place: Place): void {
    this.endSection();
    this.place = place;
  }

  /** Starts a section. @param line how the heading itself is written; nothing where it isn't to be */
  heading(level: number, text: string, line: string | null = `${'#'.repeat(level)} ${text}`): void {
    const clean = cleanLine(text).slice(0, MAX_HEADING_LENGTH).toWellFormed();
    if (clean === '') return;
    this.endSection();
    while ((this.outline.at(-1)?.level ?? 0) >= level) this.outline.pop();
    this.outline.push({ level, text: clean });
    if (line !== null) this.write(`${line}\n\n`);
  }

  /** What comes now is under no heading. */
  leaveHeadings(): void {
    this.endSection();
    this.outline.length = 0;
  }

  /** Adds text as it is, line breaks included. @throws UnreadableFileError when it gets too much */
  write(text: string): void {
    this.characters += text.length;
    if (this.characters > READING_LIMITS.characters) {
      throw new UnreadableFileError(
        `holds more than ${READING_LIMITS.characters} characters of text; split it`,
      );
    }
    this.pieces.push(text);
  }

  /** All sections that are not blank. */
  finish(): FileSection[] {
    this.endSection();
    return this.sections;
  }

  private endSection(): void {
    const text = cleanText(this.pieces.join(''));
    this.pieces = [];
    if (text.trim() === '') return;
    this.sections.push({ ...this.place, text, headings: this.outline.map((heading) => heading.text) });
  }
}
