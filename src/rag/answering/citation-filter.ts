import { NO_ANSWER_MARK } from './prompts/grounded-answer.prompt.js';

/** A citation mark in an answer, such as `[1]`, `[1, 3]` or `[1-3]`. */
export interface CitationMark {
  /** Numbers of sources, each of which exists; ascending as written, none twice. */
  readonly sources: readonly number[];
  /** Where the mark starts in the answer, in UTF-16 units. */
  readonly start: number;
  /** Where it ends, exclusive. */
  readonly end: number;
}

/** Longest text in brackets that may still be a citation. */
const LONGEST_MARK = 64;
/** Longest run of white space that is held back. */
const LONGEST_GAP = 64;
const CITATION = /^\[\^?\s*(\d{1,9}(?:\s*[,;–-]\s*\d{1,9})*)\s*\]$/u;
const OPEN_CITATION = /^\[\^?[\s\d,;–-]*$/u;

/**
 * Reads an answer as it comes in pieces, and lets through what can be shown: citations of sources that don't exist
 * are taken out, along with the white space before them. What may become a citation is held back until it is clear,
 * so the pieces let through always add up to the answer.
 */
export class CitationFilter {
  private answer = '';
  private held = '';
  private declined = false;
  private readonly found: CitationMark[] = [];

  /** @param sourceCount sources are numbered from 1 to this */
  constructor(private readonly sourceCount: number) {}

  /** The answer so far; whole, without white space at its ends, after `end`. */
  get text(): string {
    return this.answer;
  }

  get marks(): readonly CitationMark[] {
    return this.found;
  }

  /** Whether the answer began with the sign that there is none. What follows is not let through. */
  get isDeclined(): boolean {
    return this.declined;
  }

  /** Takes in the next piece. @returns what can be shown of it and of what was held back; may be empty */
  push(piece: string): string {
    const from = this.answer.length;
    for (const character of piece) this.take(character);
    return this.answer.slice(from);
  }

  /** @returns the rest: a bracket that was never closed is text */
  end(): string {
    const from = this.answer.length;
    const mark = this.held.trim();
    // Cut off in the middle of the sign, for want of tokens.
    if (this.answer === '' && mark.length > 1 && NO_ANSWER_MARK.startsWith(mark)) this.declined = true;
    this.release(this.held.trimEnd());
    return this.answer.slice(from);
  }

  private take(character: string): void {
    this.held += character;
    const mark = this.held.trimStart();
    if (mark === '') {
      if (this.held.length > LONGEST_GAP) this.release(this.held);
      return;
    }
    if (mark.startsWith('[') && mark.length > 1 && character === '[') this.startOver();
    else if (!isOpen(mark)) this.settle(mark);
  }

  /** A second bracket opens: the first was none of a citation. */
  private startOver(): void {
    const before = this.held.slice(0, -1);
    const gap = /\s*$/u.exec(before)?.[0] ?? '';
    this.release(before.slice(0, before.length - gap.length));
    this.held = `${gap}[`;
  }

  private settle(mark: string): void {
    if (mark === NO_ANSWER_MARK) {
      this.held = '';
      this.declined = this.answer === '';
      return;
    }
    const [, numbers] = CITATION.exec(mark) ?? [];
    if (numbers === undefined) this.release(this.held);
    else this.cite(numbers.split(/[,;]/u).flatMap((item) => this.sourcesIn(item)));
  }

  /** Those that exist of a number, or of all from one number to another. */
  private sourcesIn(item: string): number[] {
    const bounds = item.split(/[–-]/u).map(Number);
    const [first, last] = [Math.max(Math.min(...bounds), 1), Math.min(Math.max(...bounds), this.sourceCount)];
    return Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index);
  }

  private cite(numbers: readonly number[]): void {
    const sources = [...new Set(numbers)];
    const gap = this.held.slice(0, this.held.indexOf('['));
    this.held = '';
    if (this.declined || sources.length === 0) return;
    this.append(gap);
    const start = this.answer.length;
    this.append(sources.map((source) => `[${source}]`).join(''));
    this.found.push({ sources, start, end: this.answer.length });
  }

  private release(text: string): void {
    this.held = '';
    this.append(text);
  }

  private append(text: string): void {
    if (this.declined) return;
    this.answer += this.answer === '' ? text.trimStart() : text;
  }
}

/** Whether more characters can make a citation, or the sign of no answer, of it. */
function isOpen(mark: string): boolean {
  if (mark.length > LONGEST_MARK) return false;
  return OPEN_CITATION.test(mark) || (mark !== NO_ANSWER_MARK && NO_ANSWER_MARK.startsWith(mark));
}
