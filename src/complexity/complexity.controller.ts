import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { RequestSignal } from '../common/http/request-signal.decorator.js';
import { UsesDatabase } from '../common/http/shedding/uses-database.decorator.js';
import { AccuracyDto, ComplexityHealthDto } from './dto/accuracy.dto.js';
import { EstimateDto } from './dto/estimate.dto.js';
import { PostAnalysisDto, PostAnalyzeDto } from './dto/post-analysis.dto.js';
import { PreEstimateDto } from './dto/task.dto.js';
import { ProjectDto } from './dto/fields.js';
import { AccuracyService } from './accuracy.service.js';
import { ComplexityHealthService } from './complexity-health.service.js';
import { EstimateService } from './estimate.service.js';
import { PostAnalysisService } from './post-analysis.service.js';

@ApiTags('complexity')
@UsesDatabase()
@Controller('complexity')
export class ComplexityController {
  constructor(
    private readonly estimates: EstimateService,
    private readonly outcomes: PostAnalysisService,
    private readonly accuracies: AccuracyService,
    private readonly healths: ComplexityHealthService,
  ) {}

  @Post('pre-estimate')
  @Endpoint({
    summary: 'Estimate a task',
    description:
      'By the best evidence there is: the history of the project where it has 20 outcomes or more, else the text ' +
      'alone. `method` says which.',
    response: EstimateDto,
  })
  preEstimate(@Body() request: PreEstimateDto, @RequestSignal() signal: AbortSignal): Promise<EstimateDto> {
    return this.estimates.preEstimate(request, signal);
  }

  @Post('post-analyze')
  @Endpoint({
    summary: 'Keep what a task turned out to be',
    description: 'The outcome is compared with its estimate and improves later ones.',
    response: PostAnalysisDto,
    errors: ['not-found'],
  })
  postAnalyze(@Body() request: PostAnalyzeDto): Promise<PostAnalysisDto> {
    return this.outcomes.analyze(request);
  }

  @Get('accuracy')
  @Endpoint({
    summary: 'How good the estimates have been',
    description: "Measured on a project's most recent 10,000 outcomes.",
    response: AccuracyDto,
  })
  accuracy(@Query() request: ProjectDto): Promise<AccuracyDto> {
    return this.accuracies.measure(request);
  }

  @Get('health')
  @Endpoint({ summary: 'What estimates can be based on', response: ComplexityHealthDto })
  health(): Promise<ComplexityHealthDto> {
    return this.healths.health();
  }
}
