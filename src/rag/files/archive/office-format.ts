import { UnsupportedFileError } from '../unsupported-file.error.js';
import type { OfficeArchive } from './office-archive.js';
import { readXml } from './read-xml.js';

const CONTENT_TYPES = '[Content_Types].xml';
/** With and without macros, as documents and as templates. */
const MAIN_PARTS: readonly (readonly [RegExp, OfficeFormat])[] = [
  [/wordprocessingml\.(?:document|template)\.main\+xml|ms-word\..*main\+xml/iu, 'docx'],
  [/presentationml\.(?:presentation|template|slideshow)\.main\+xml|ms-powerpoint\..*main\+xml/iu, 'pptx'],
  [/spreadsheetml\.(?:sheet|template)\.main\+xml|ms-excel\..*main\+xml/iu, 'xlsx'],
];

export type OfficeFormat = 'docx' | 'pptx' | 'xlsx';

export interface MainPart {
  readonly format: OfficeFormat;
  readonly name: string;
}

/** What kind of Office file an archive is, and its part that the others hang on. @throws UnsupportedFileError when none */
export async function findMainPart(archive: OfficeArchive): Promise<MainPart> {
  if (!archive.has(CONTENT_TYPES)) throw new UnsupportedFileError('application/zip');
  const found: MainPart[] = [];
  await readXml(archive.read(CONTENT_TYPES), {
    open: (tag, attributes) => {
      const type = attributes.get('ContentType') ?? '';
      const name = attributes.get('PartName')?.replace(/^\//u, '');
      const [, format] = MAIN_PARTS.find(([pattern]) => pattern.test(type)) ?? [];
      if (tag === 'Override' && format !== undefined && name !== undefined) found.push({ format, name });
    },
  });
  const [main] = found;
  if (main === undefined) throw new UnsupportedFileError('application/zip');
  return main;
}
