import type { TimedText, Transcription } from '../../core/llm/transcription-model.js';
import { SPEECH_SAMPLE_RATE } from '../../core/media/level-meter.js';
import type { Transcript } from '../transcript.js';
import { joinTexts, withoutCommonWords } from './join-texts.js';
import type { Piece } from './plan-pieces.js';

export interface TranscribedPiece {
  readonly piece: Piece;
  readonly transcription: Transcription;
}

/**
 * Puts the pieces of a recording together again: times become those of the whole, and what two pieces both heard is
 * kept once. A piece without times of its own becomes one segment.
 * @param parts in their order
 */
export function stitch(parts: readonly TranscribedPiece[]): Transcript {
  let text = '';
  const segments: TimedText[] = [];
  const words: TimedText[] = [];
  for (const [index, part] of parts.entries()) {
    const span = ownSpan(part.piece, parts[index + 1]?.piece);
    const { transcription } = part;
    const own = part.piece.overlap > 0 ? withoutCommonWords(text, transcription.text) : transcription.text;
    text = joinTexts(text, own);
    segments.push(...segmentsOf(part, span, own));
    words.push(...within(transcription.words ?? [], part.piece, span));
  }
  return {
    text,
    language: mainLanguage(parts),
    segments,
    words: parts.every(({ transcription }) => transcription.words !== null) ? words : null,
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a piece answers for, in seconds: up to the middle of what it has in common with its neighbours. */
function ownSpan(piece: Piece, next: Piece | undefined): Span {
  return {
    start: toSeconds(piece.start + piece.overlap / 2),
    end: toSeconds(piece.end - (next?.overlap ?? 0) / 2),
  };
}

function segmentsOf({ piece, transcription }: TranscribedPiece, span: Span, text: string): TimedText[] {
  const { segments } = transcription;
  const isTimed = segments !== null && segments.length > 0;
  if (isTimed) return within(segments, piece, span);
  return text === '' ? [] : [{ start: rounded(span.start), end: rounded(span.end), text }];
}

/** Those whose middle is within the span, at their time in the recording, and no longer than the piece. */
function within(items: readonly TimedText[], piece: Piece, span: Span): TimedText[] {
  const offset = toSeconds(piece.start);
  const pieceEnd = toSeconds(piece.end);
  return items
    .map(({ start, end, text }) => ({
      start: rounded(Math.min(start + offset, pieceEnd)),
      end: rounded(Math.min(end + offset, pieceEnd)),
      text,
    }))
    .filter(({ start, end }) => {
      const middle = (start + end) / 2;
      return (middle >= span.start || piece.overlap === 0) && (middle < span.end || span.end === pieceEnd);
    });
}

/** The language of most of the recording. */
function mainLanguage(parts: readonly TranscribedPiece[]): string | null {
  const lengths = new Map<string, number>();
  for (const { piece, transcription } of parts) {
    const { language } = transcription;
    if (language === null) continue;
    lengths.set(language, (lengths.get(language) ?? 0) + piece.end - piece.start);
  }
  const [longest] = [...lengths].sort(([, one], [, other]) => other - one);
  return longest?.[0] ?? null;
}

function toSeconds(samples: number): number {
  return samples / SPEECH_SAMPLE_RATE;
}

/** To the millisecond. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
