import { FILTER_LIMITS } from './filter-limits.js';
import { type FilterPosition, FilterSyntaxError } from './filter-syntax.error.js';
import type { FieldPath, FixedField } from './filter.js';
import { isStorableText } from './storable-text.js';

const METADATA_PREFIX = 'metadata.';

/**
 * Resolves a field's name. A fixed field's name is that field, anything else is in the metadata; dots descend, and
 * the prefix `metadata.` reaches a metadata key that a fixed field hides.
 * @throws FilterSyntaxError at `position`
 */
export function parseFieldPath(name: string, position: FilterPosition): FieldPath {
  if (isFixedField(name)) return { root: name };
  const path = parseSegments(name);
  const problem = findProblem(name, path);
  if (problem !== undefined) throw new FilterSyntaxError(problem, position);
  return { root: 'metadata', path };
}

function isFixedField(name: string): name is FixedField {
  return name === 'document_id' || name === 'title' || name === 'source' || name === 'source_type';
}

function parseSegments(name: string): string[] {
  const key = name.startsWith(METADATA_PREFIX) ? name.slice(METADATA_PREFIX.length) : name;
  return key.split('.');
}

function findProblem(name: string, path: readonly string[]): string | undefined {
  const { fieldNameLength, pathSegments } = FILTER_LIMITS;
  if (name.length > fieldNameLength) return `Use field names of at most ${fieldNameLength} characters.`;
  if (path.includes('')) return 'Give the field a name, with a key on both sides of every dot.';
  if (path.length > pathSegments) return `Descend at most ${pathSegments} keys in a field name.`;
  if (!isStorableText(name)) return 'Remove NUL characters and unpaired surrogates from the field name.';
  return undefined;
}
