import type { FileText } from '../file-text.js';
import { SectionWriter } from '../text/section-writer.js';

/** Plain text, and any other text that is worth reading as it is. */
export function readPlainText(text: string): FileText {
  const writer = new SectionWriter();
  writer.write(text);
  return { format: 'text', title: null, pages: null, sections: writer.finish() };
}
