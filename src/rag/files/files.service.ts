import { Injectable } from '@nestjs/common';
import { ValidationError } from '../../common/errors/validation.error.js';
import type { TemporaryFile } from '../../common/http/uploads/temporary-file.js';
import type { IndexFileDto, IndexFileResultDto } from '../dto/index-file.dto.js';
import type { IndexResultDto } from '../dto/index-response.dto.js';
import { chunkOptions } from '../indexing/identified-document.js';
import { IndexingService } from '../indexing/indexing.service.js';
import type { IndexRequest } from '../indexing/source-document.js';
import { FileReader } from './file-reader.js';
import { toDocument } from './to-document.js';

/** Stores files as documents. */
@Injectable()
export class FilesService {
  constructor(
    private readonly reader: FileReader,
    private readonly indexing: IndexingService,
  ) {}

  async index(file: TemporaryFile, request: IndexFileDto, signal: AbortSignal): Promise<IndexFileResultDto> {
    // Nobody should wait for a file to be read only to hear this.
    chunkOptions(request);
    const text = await this.reader.read(file, signal);
    const document = toDocument(text, file.name, request);
    const result = await this.store({ ...request, documents: [document] }, signal);
    return {
      ...result,
      title: document.title,
      ...(text.pages !== null && { pages: text.pages }),
      characters: document.text.length,
    };
  }

  private async store(request: IndexRequest, signal: AbortSignal): Promise<IndexResultDto> {
    try {
      return await this.indexing.index(request, signal);
    } catch (error) {
      throw error instanceof ValidationError ? atFields(error) : error;
    }
  }
}

/** The problems, at the fields of a file's request: `documents[0].text` is the file, `documents[0].id` the id. */
function atFields(error: ValidationError): ValidationError {
  const [first, ...rest] = error.errors.map(({ loc, ...problem }) => {
    const [root = 'body', documents, , field = 'file', ...deeper] = loc;
    const place = field === 'text' ? 'file' : field;
    return { ...problem, loc: documents === 'documents' ? [root, place, ...deeper] : loc };
  });
  return first === undefined ? error : new ValidationError([first, ...rest]);
}
