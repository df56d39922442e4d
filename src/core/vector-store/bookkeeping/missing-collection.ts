import { ConflictError } from '../../../common/errors/conflict.error.js';
import { NotFoundError } from '../../../common/errors/not-found.error.js';
import { FOREIGN_KEY_VIOLATION, sqlState, UNDEFINED_TABLE } from '../../database/database-errors.js';
import type { Collection } from '../vector-store.js';

/** A rejection handler that makes another error of one that says that the collection is not there any more. */
export function rethrowMissing(makeError: () => Error): (error: unknown) => never {
  return (error) => {
    const state = sqlState(error);
    throw state === UNDEFINED_TABLE || state === FOREIGN_KEY_VIOLATION ? makeError() : error;
  };
}

/** What a writer is told. */
export function deletedMeanwhile(collection: Collection): () => Error {
  return () =>
    new ConflictError(
      `${describe(collection)} was deleted meanwhile, so send the request again; or it was made with another VECTOR_STORE.`,
    );
}

/** What a reader is told. */
export function gone(collection: Collection): () => Error {
  return () =>
    new NotFoundError(
      `${describe(collection)} was deleted, or made with another VECTOR_STORE than is set now.`,
    );
}

function describe(collection: Collection): string {
  return `Collection "${collection.name}"`;
}
