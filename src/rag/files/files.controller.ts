import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../../common/http/endpoint.decorator.js';
import { RequestSignal } from '../../common/http/request-signal.decorator.js';
import type { TemporaryFile } from '../../common/http/uploads/temporary-file.js';
import { TakesUpload, UploadedTemporaryFile } from '../../common/http/uploads/upload.decorators.js';
import { IndexFileDto, IndexFileResultDto } from '../dto/index-file.dto.js';
import { FilesService } from './files.service.js';

@ApiTags('rag')
@Controller('rag')
export class FilesController {
  constructor(private readonly files: FilesService) {}

  @Post('index/file')
  @TakesUpload()
  @Endpoint({
    summary: 'Store a file as a document',
    description:
      'Its chunks say on which page, slide or sheet they are, and under which headings. A file that is encrypted, ' +
      'empty, scanned or broken is answered with 422.',
    response: IndexFileResultDto,
    calls: 'model',
    errors: ['conflict'],
  })
  index(
    @UploadedTemporaryFile() file: TemporaryFile,
    @Body() request: IndexFileDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<IndexFileResultDto> {
    return this.files.index(file, request, signal);
  }
}
