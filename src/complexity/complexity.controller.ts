import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { AdjustmentDto, CalculateAdjustmentDto, ScaleDto } from './dto/scale.dto.js';
import { NamedProjectDto, ProjectPageDto } from './dto/fields.js';
import {
  HistoryDeletedDto,
  HistoryImportedDto,
  HistoryListDto,
  ImportHistoryDto,
} from './dto/history.dto.js';
import { HistoryService } from './history.service.js';
import { ScaleService } from './scale.service.js';

@ApiTags('complexity')
@Controller('complexity')
export class ComplexityController {
  constructor(
    private readonly history: HistoryService,
    private readonly scales: ScaleService,
  ) {}

  @Get('scale')
  @Endpoint({ summary: 'The five levels of complexity', response: ScaleDto })
  scale(): ScaleDto {
    return this.scales.scale();
  }

  @Post('calculate-adjustment')
  @Endpoint({ summary: 'What a deviation from the estimate does to points', response: AdjustmentDto })
  calculateAdjustment(@Body() request: CalculateAdjustmentDto): AdjustmentDto {
    return this.scales.adjustment(request);
  }

  @Post('history')
  @Endpoint({
    summary: 'Bring in past tasks',
    description:
      'A task with a known id replaces that one. Estimates learn from them soon afterwards: a project with 20 ' +
      'outcomes or more is estimated by its own history.',
    response: HistoryImportedDto,
  })
  importHistory(@Body() request: ImportHistoryDto): Promise<HistoryImportedDto> {
    return this.history.import(request);
  }

  @Get('history')
  @Endpoint({ summary: 'List past tasks', response: HistoryListDto })
  listHistory(@Query() page: ProjectPageDto): Promise<HistoryListDto> {
    return this.history.list(page);
  }

  @Delete('history')
  @Endpoint({ summary: "Delete all of a project's past tasks", response: HistoryDeletedDto })
  deleteHistory(@Query() request: NamedProjectDto): Promise<HistoryDeletedDto> {
    return this.history.delete(request);
  }
}
