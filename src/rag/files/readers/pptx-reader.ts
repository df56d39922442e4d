import { readDocumentTitle } from '../archive/document-title.js';
import type { OfficeArchive } from '../archive/office-archive.js';
import { readXml } from '../archive/read-xml.js';
import { readRelationships } from '../archive/relationships.js';
import type { FileText } from '../file-text.js';
import { READING_LIMITS } from '../reading-limits.js';
import { SectionWriter } from '../text/section-writer.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { readSlide } from './slide-text.js';

/** A presentation: the text of each slide under its title, and the speaker's notes. */
export async function readPptx(archive: OfficeArchive, mainPart: string): Promise<FileText> {
  const writer = new SectionWriter();
  const slides = await findSlides(archive, mainPart);
  if (slides.length > READING_LIMITS.pages) throw new UnreadableFileError('has too many slides');
  let firstTitle: string | null = null;
  for (const [index, part] of slides.entries()) {
    writer.enter({ slide: index + 1 });
    const slide = await readSlide(archive.read(part));
    if (slide.title !== '') {
      firstTitle ??= slide.title;
      writer.heading(2, slide.title);
    }
    writer.write(slide.text);
    const notes = await readNotes(archive, part);
    if (notes !== '') writer.write(`\nNotes: ${notes}`);
    // The next slide is not under this one's title.
    writer.leaveHeadings();
  }
  const title = (await readDocumentTitle(archive)) ?? firstTitle;
  return { format: 'pptx', title, pages: slides.length, sections: writer.finish() };
}

/** The parts of the slides, in the order in which they are shown. */
async function findSlides(archive: OfficeArchive, mainPart: string): Promise<string[]> {
  const relationships = await readRelationships(archive, mainPart);
  const slides: string[] = [];
  await readXml(archive.read(mainPart), {
    open: (tag, attributes) => {
      const target = relationships.get(attributes.get('r:id') ?? '')?.target;
      if (tag === 'sldId' && target !== undefined) slides.push(target);
    },
  });
  return slides;
}

async function readNotes(archive: OfficeArchive, slide: string): Promise<string> {
  const relationships = await readRelationships(archive, slide);
  const notes = [...relationships.values()].find(({ type }) => type === 'notesSlide');
  if (notes === undefined || !archive.has(notes.target)) return '';
  return (await readSlide(archive.read(notes.target))).text.trim();
}
