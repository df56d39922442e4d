import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { UsesDatabase } from '../common/http/shedding/uses-database.decorator.js';
import { NamedProjectDto, ProjectPageDto } from './dto/fields.js';
import {
  HistoryDeletedDto,
  HistoryImportedDto,
  HistoryListDto,
  ImportHistoryDto,
} from './dto/history.dto.js';
import { HistoryService } from './history.service.js';

@ApiTags('complexity')
@UsesDatabase()
@Controller('complexity/history')
export class HistoryController {
  constructor(private readonly history: HistoryService) {}

  @Post()
  @Endpoint({
    summary: 'Bring in past tasks',
    description:
      'A task with a known id replaces that one. Estimates learn from them soon afterwards: a project with 20 ' +
      'outcomes or more is estimated by its own history.',
    response: HistoryImportedDto,
  })
  import(@Body() request: ImportHistoryDto): Promise<HistoryImportedDto> {
    return this.history.import(request);
  }

  @Get()
  @Endpoint({ summary: 'List past tasks', response: HistoryListDto })
  list(@Query() page: ProjectPageDto): Promise<HistoryListDto> {
    return this.history.list(page);
  }

  @Delete()
  @Endpoint({ summary: "Delete all of a project's past tasks", response: HistoryDeletedDto })
  delete(@Query() request: NamedProjectDto): Promise<HistoryDeletedDto> {
    return this.history.delete(request);
  }
}
