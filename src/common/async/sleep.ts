import { setTimeout as delay } from 'node:timers/promises';
import { abortable } from './abortable.js';

/** Waits; rejects at once with the reason of `signal` when that fires. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await abortable(delay(milliseconds, undefined, signal && { signal }), signal);
}
