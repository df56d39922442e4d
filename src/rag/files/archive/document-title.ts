import { cleanLine } from '../text/clean-text.js';
import type { OfficeArchive } from './office-archive.js';
import { readXml } from './read-xml.js';

const CORE_PROPERTIES = 'docProps/core.xml';

/** The title among an Office file's properties; null where there is none. */
export async function readDocumentTitle(archive: OfficeArchive): Promise<string | null> {
  if (!archive.has(CORE_PROPERTIES)) return null;
  let title = '';
  let isInside = false;
  await readXml(archive.read(CORE_PROPERTIES), {
    open: (tag) => {
      isInside = tag === 'title';
    },
    close: () => {
      isInside = false;
    },
    text: (text) => {
      if (isInside) title += text;
    },
  });
  const clean = cleanLine(title);
  return clean === '' ? null : clean;
}
