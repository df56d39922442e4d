// @ts-check
/*
 * Tells languages in a thread of its own: loading the tables stops a thread for some 0.3 s, and makes 85 MB of it.
 * Plain JavaScript, because Node loads a worker's file itself, from the sources under test and from dist in production.
 */
import { parentPort } from 'node:worker_threads';
import { eld } from 'eld/extrasmall';

parentPort?.on('message', (/** @type {{ id: number, text: string }} */ { id, text }) => {
  const result = eld.detect(text);
  const isKnown = result.language !== '' && result.isReliable();
  parentPort?.postMessage({ id, language: isKnown ? result.language : null });
});
