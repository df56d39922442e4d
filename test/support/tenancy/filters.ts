import { DOCUMENTS, EVERYBODY } from './documents.js';
import { pick, type TenantActor } from './tenant-actor.js';

/** One of many filters, all of which could let the other tenant's documents through if they alone decided. */
export function filterAt(actor: TenantActor, number: number): object {
  const owner = pick([actor.mark, actor.other.mark, EVERYBODY, actor.other.mark], number >> 3);
  const id = pick(DOCUMENTS, number >> 5);
  return pick<object>(
    [
      {},
      { owner },
      { owner: { $ne: owner } },
      { owner: { $nin: [owner, EVERYBODY] } },
      { $not: { $and: [{ owner }, { document_id: id }] } },
      { $or: [{ owner }, { document_id: { $gte: id } }] },
      { $or: [{ tenant: { $exists: false } }, { owner }] },
      { $and: [{ owner: { $in: [owner, actor.mark] } }, { $not: { document_id: id } }] },
    ],
    number,
  );
}
