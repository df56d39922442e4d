import type { TimedText } from '../../core/llm/transcription-model.js';
import { toCues } from './cues.js';

const MS_PER_SECOND = 1000;

/** SubRip: numbered cues. */
export function toSrt(segments: readonly TimedText[]): string {
  return toCues(segments)
    .map(({ start, end, text }, index) => `${index + 1}\n${timeRange(start, end, ',')}\n${oneLine(text)}\n\n`)
    .join('');
}

/** WebVTT. */
export function toVtt(segments: readonly TimedText[]): string {
  const cues = toCues(segments).map(
    ({ start, end, text }) => `${timeRange(start, end, '.')}\n${escapeVtt(oneLine(text))}\n\n`,
  );
  return `WEBVTT\n\n${cues.join('')}`;
}

function timeRange(start: number, end: number, decimalMark: string): string {
  return `${clock(start, decimalMark)} --> ${clock(end, decimalMark)}`;
}

/** `01:02:03,456`. */
function clock(seconds: number, decimalMark: string): string {
  const milliseconds = Math.round(seconds * MS_PER_SECOND);
  const whole = Math.floor(milliseconds / MS_PER_SECOND);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
  return `${hours}:${minutes}:${rest}${decimalMark}${String(milliseconds % MS_PER_SECOND).padStart(3, '0')}`;
}

/** A blank line would end the cue, and an arrow would begin another. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll('-->', '→').trim();
}

function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
