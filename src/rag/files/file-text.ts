export const FILE_FORMATS = ['pdf', 'docx', 'pptx', 'xlsx', 'html', 'markdown', 'csv', 'text'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** Where in its file a text is, as far as the format knows. */
export interface Place {
  /** Of a PDF, from 1. */
  readonly page?: number;
  /** Of a presentation, from 1. */
  readonly slide?: number;
  /** Of a workbook, by name. */
  readonly sheet?: string;
}

/** A stretch of text under one heading, in one place. */
export interface FileSection extends Place {
  readonly text: string;
  /** From the outermost heading to the one right above. */
  readonly headings: readonly string[];
}

/** What a file says. */
export interface FileText {
  readonly format: FileFormat;
  /** As the file itself has it. */
  readonly title: string | null;
  /** Pages or slides; null for formats that have none. */
  readonly pages: number | null;
  /** In order; none is blank. */
  readonly sections: readonly FileSection[];
}
