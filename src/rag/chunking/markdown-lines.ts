import type { Word } from './words.js';

/** What a line of Markdown is, as far as cutting is concerned. */
export type LineKind = 'heading' | 'rule' | 'item' | 'fenceStart' | 'code' | 'fenceEnd' | 'plain';

const HEADING = /^#{1,6}$/;
const RULE = /^(?:-{3,}|\*{3,}|_{3,})$/;
const ITEM = /^(?:[-*+•]|\d{1,9}[.)]|[|>].*)$/;
// A fence of backticks has none of them after it; otherwise it is code within a line.
const FENCE_START = /^(?:(`{3,})[^`]*$|(~{3,}))/;

/** Tells from the first word of each line, given in their order, what the line is. */
export class MarkdownLines {
  private kind: LineKind = 'plain';
  /** The characters that opened the block of code we are in; empty outside of one. */
  private fence = '';

  /** @param word the first word of the line */
  begin(word: Word): LineKind {
    this.kind = this.fence === '' ? this.classify(word) : this.classifyInFence(word);
    return this.kind;
  }

  /** @param word a later word of the line */
  proceed(word: Word): void {
    if (this.kind !== 'fenceStart' || !this.fence.startsWith('`') || !word.text.includes('`')) return;
    this.kind = 'plain';
    this.fence = '';
  }

  /** What the line that was begun last is; a line that opens a fence is sure only at its end. */
  get current(): LineKind {
    return this.kind;
  }

  private classify({ text, lineBreaksBefore, endsLine }: Word): LineKind {
    const fence = FENCE_START.exec(text);
    if (fence !== null) {
      this.fence = fence[1] ?? fence[2] ?? '';
      return 'fenceStart';
    }
    if (HEADING.test(text)) return 'heading';
    // Without a blank line before it, it underlines a title or ends a front matter.
    if (endsLine && lineBreaksBefore === 2 && RULE.test(text)) return 'rule';
    return ITEM.test(text) && !(endsLine && text.length === 1) ? 'item' : 'plain';
  }

  private classifyInFence({ text, endsLine }: Word): LineKind {
    const isEnd =
      endsLine && text.startsWith(this.fence) && text === this.fence.charAt(0).repeat(text.length);
    if (!isEnd) return 'code';
    this.fence = '';
    return 'fenceEnd';
  }
}
