import { Parser } from 'htmlparser2';
import type { FileText } from '../file-text.js';
import { HtmlTextWriter } from './html-text-writer.js';

/** A web page: its text, with headings, list items and the rows of tables, and without what is there for machines. */
export function readHtml(html: string): FileText {
  const writer = new HtmlTextWriter();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        writer.open(name, attributes);
      },
      onclosetag: (name) => {
        writer.close(name);
      },
      ontext: (text) => {
        writer.text(text);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  const { title, sections } = writer.finish();
  return { format: 'html', title, pages: null, sections };
}
