import { posix } from 'node:path';
import type { OfficeArchive } from './office-archive.js';
import { readXml } from './read-xml.js';

/** Another part that a part refers to. */
export interface Relationship {
  /** The last word of its type, e.g. `slide` or `notesSlide`. */
  readonly type: string;
  /** The part's name in the archive. */
  readonly target: string;
}

/** What a part refers to, by id; what is outside of the archive is left out. */
export async function readRelationships(
  archive: OfficeArchive,
  part: string,
): Promise<Map<string, Relationship>> {
  const relationships = new Map<string, Relationship>();
  const { dir, base } = posix.parse(part);
  const name = posix.join(dir, '_rels', `${base}.rels`);
  if (!archive.has(name)) return relationships;
  await readXml(archive.read(name), {
    open: (tag, attributes) => {
      const id = attributes.get('Id');
      const target = attributes.get('Target');
      if (tag !== 'Relationship' || id === undefined || target === undefined) return;
      if (attributes.get('TargetMode') === 'External') return;
      const type = attributes.get('Type')?.split('/').at(-1) ?? '';
      relationships.set(id, { type, target: resolve(dir, target) });
    },
  });
  return relationships;
}

function resolve(folder: string, target: string): string {
  return target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
}
