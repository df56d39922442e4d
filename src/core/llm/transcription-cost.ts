import type { TranscriptionModelDescriptor } from './transcription-model.js';

const SECONDS_PER_MINUTE = 60;

/** Seconds that a provider bills for a recording, unless it says otherwise: it rounds up. */
export function assumedBilledSeconds(seconds: number): number {
  return Math.ceil(seconds);
}

/** US dollars for so many seconds; null where the price is unknown. */
export function transcriptionCost(
  { pricePerMinute }: Pick<TranscriptionModelDescriptor, 'pricePerMinute'>,
  seconds: number,
): number | null {
  return pricePerMinute === null ? null : (seconds / SECONDS_PER_MINUTE) * pricePerMinute;
}
