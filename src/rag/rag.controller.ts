import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Param,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { IdempotencyKey } from '../common/http/idempotency-key.decorator.js';
import type { JobAcceptedDto } from '../common/http/job-accepted.js';
import { RequestSignal } from '../common/http/request-signal.decorator.js';
import { RunModeDto } from '../common/http/run-mode.dto.js';
import { UsesDatabase } from '../common/http/shedding/uses-database.decorator.js';
import { AnsweringService } from './answering/answering.service.js';
import { CollectionsService } from './collections.service.js';
import {
  CollectionDeletedDto,
  CollectionListDto,
  DocumentDeletedDto,
  DocumentDetailDto,
  DocumentListDto,
  StatisticsDto,
} from './dto/collection-response.dto.js';
import { CollectionNameDto, DocumentPathDto, PageDto } from './dto/fields.js';
import { IndexDocumentsDto } from './dto/index-request.dto.js';
import { IndexResultDto } from './dto/index-response.dto.js';
import { QueryDto, SearchDto } from './dto/search-request.dto.js';
import { AnswerDto, SearchResponseDto } from './dto/search-response.dto.js';
import { IndexJob } from './indexing/index-job.js';
import { IndexingService } from './indexing/indexing.service.js';
import { SearchService } from './search.service.js';

@ApiTags('rag')
@UsesDatabase()
@Controller('rag')
export class RagController {
  constructor(
    private readonly indexing: IndexingService,
    private readonly indexJob: IndexJob,
    private readonly searching: SearchService,
    private readonly answering: AnsweringService,
    private readonly collections: CollectionsService,
  ) {}

  @Post('index')
  @Endpoint({
    summary: 'Store documents',
    description: 'A document with a known id is replaced; one that has not changed costs nothing.',
    response: IndexResultDto,
    calls: 'model',
    mayBeJob: true,
    errors: ['conflict'],
  })
  index(
    @Body() request: IndexDocumentsDto,
    @Query() mode: RunModeDto,
    @IdempotencyKey() key: string | null,
    @RequestSignal() signal: AbortSignal,
  ): Promise<IndexResultDto | JobAcceptedDto> {
    return mode.async ? this.indexJob.submit(request, key) : this.indexing.index(request, signal);
  }

  @Post('search')
  @Endpoint({
    summary: 'Find passages',
    response: SearchResponseDto,
    calls: 'model',
    errors: ['not-found'],
  })
  search(@Body() request: SearchDto, @RequestSignal() signal: AbortSignal): Promise<SearchResponseDto> {
    return this.searching.search(request, signal);
  }

  @Post('query')
  @Header('Cache-Control', 'no-store')
  @Header('X-Accel-Buffering', 'no')
  @Endpoint({
    summary: 'Answer a question from what is stored',
    description:
      'The answer cites its sources; when no passage is about the question it says so and cites nothing.',
    response: AnswerDto,
    streams: true,
    calls: 'model',
    errors: ['not-found'],
  })
  query(
    @Body() request: QueryDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<AnswerDto | StreamableFile> {
    return this.answering.query(request, signal);
  }

  @Get('collections')
  @Endpoint({ summary: 'List collections', response: CollectionListDto })
  listCollections(@Query() page: PageDto): Promise<CollectionListDto> {
    return this.collections.list(page);
  }

  @Delete('collection/:name')
  @Endpoint({
    summary: 'Delete a collection',
    response: CollectionDeletedDto,
    errors: ['not-found', 'conflict'],
  })
  deleteCollection(@Param() path: CollectionNameDto): Promise<CollectionDeletedDto> {
    return this.collections.delete(path);
  }

  @Get('collection/:name/documents')
  @Endpoint({ summary: 'List documents', response: DocumentListDto, errors: ['not-found'] })
  listDocuments(@Param() path: CollectionNameDto, @Query() page: PageDto): Promise<DocumentListDto> {
    return this.collections.listDocuments(path, page);
  }

  @Get('collection/:name/documents/:id')
  @Endpoint({ summary: 'Look up a document', response: DocumentDetailDto, errors: ['not-found'] })
  findDocument(@Param() path: DocumentPathDto): Promise<DocumentDetailDto> {
    return this.collections.findDocument(path);
  }

  @Delete('collection/:name/documents/:id')
  @Endpoint({ summary: 'Delete a document', response: DocumentDeletedDto, errors: ['not-found'] })
  deleteDocument(@Param() path: DocumentPathDto): Promise<DocumentDeletedDto> {
    return this.collections.deleteDocument(path);
  }

  @Get('stats')
  @Endpoint({ summary: 'What is stored, and how much', response: StatisticsDto })
  statistics(): Promise<StatisticsDto> {
    return this.collections.statistics();
  }
}
