import type { FilterableDocument } from '../../../src/core/vector-store/filter/matches-filter.js';
import { encodeMultipart } from '../multipart.js';
import { type Choice, pick, type TenantActor, wordAt } from './tenant-actor.js';

/** Both tenants use the same names. */
const COLLECTIONS = ['default', 'reports', 'notes'];
export const DOCUMENTS = ['a', 'b', 'c', 'd', 'e'];
/** Whose the documents are that both tenants have, just alike. */
export const EVERYBODY = 'everybody';

/** A place for a document. */
export interface Place {
  readonly collection: string;
  readonly id: string;
}

/** A document as the tenant knows it. */
export interface KnownDocument extends FilterableDocument {
  readonly text: string;
  readonly cameAs: 'json' | 'file';
}

export function collectionAt(number: number): string {
  return pick(COLLECTIONS, number);
}

export function placeAt({ a, b }: Choice): Place {
  return { collection: pick(COLLECTIONS, a), id: pick(DOCUMENTS, b) };
}

/** One of the tenant's own, or one that the other tenant may have too. */
export function documentAt(
  actor: TenantActor,
  { b, c }: Choice,
  cameAs: KnownDocument['cameAs'],
): KnownDocument {
  const owner = pick([actor.mark, actor.mark, EVERYBODY], c);
  return {
    document_id: pick(DOCUMENTS, b),
    title: cameAs === 'json' ? owner : null,
    source: null,
    source_type: null,
    metadata: { owner },
    text: `The report of ${owner} about the ${wordAt(c)}.`,
    cameAs,
  };
}

export function indexBody(collection: string, { document_id: id, title, text, metadata }: KnownDocument) {
  return { collection, documents: [{ id, text, title, metadata }] };
}

export function form(collection: string, { document_id: id, text, metadata }: KnownDocument) {
  return encodeMultipart({ collection, id, metadata: JSON.stringify(metadata) }, [
    { name: 'report.md', content: text },
  ]);
}
