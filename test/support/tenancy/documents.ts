import { encodeMultipart } from '../multipart.js';
import { type Choice, pick, type TenantActor } from './tenant-actor.js';

/** Both tenants use the same names. */
const COLLECTIONS = ['default', 'reports', 'notes'];
const DOCUMENTS = ['a', 'b', 'c', 'd', 'e'];

/** A place for a document. */
export interface Place {
  readonly collection: string;
  readonly id: string;
}

export function collectionAt(number: number): string {
  return pick(COLLECTIONS, number);
}

export function placeAt({ a, b }: Choice): Place {
  return { collection: pick(COLLECTIONS, a), id: pick(DOCUMENTS, b) };
}

export function indexBody(actor: TenantActor, { collection, id }: Place, word: number) {
  const metadata = { owner: actor.mark };
  return { collection, documents: [{ id, text: actor.text(word), title: actor.mark, metadata }] };
}

export function form(actor: TenantActor, { collection, id }: Place, word: number) {
  const file = { name: 'report.md', content: actor.text(word) };
  return encodeMultipart({ collection, id, metadata: JSON.stringify({ owner: actor.mark }) }, [file]);
}
