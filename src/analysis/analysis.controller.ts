import { Body, Controller, Header, Post, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { RequestSignal } from '../common/http/request-signal.decorator.js';
import { AnalysisService } from './analysis.service.js';
import { CombinedAnalysisService } from './combined-analysis.service.js';
import {
  AnalyzeRequestDto,
  ClassifyRequestDto,
  KeywordsRequestDto,
  SentimentRequestDto,
  SummarizeRequestDto,
} from './dto/analysis-request.dto.js';
import { AnalyzeResultDto } from './dto/analyze.dto.js';
import { ClassificationResultDto } from './dto/classification.dto.js';
import { GenerateRequestDto, GenerateResultDto } from './dto/generate.dto.js';
import { KeywordsResultDto } from './dto/keywords.dto.js';
import { SentimentResultDto } from './dto/sentiment.dto.js';
import { SummaryResultDto } from './dto/summary.dto.js';
import { GenerationService } from './generation/generation.service.js';

@ApiTags('analysis')
@Controller('analysis')
export class AnalysisController {
  constructor(
    private readonly analyses: AnalysisService,
    private readonly combined: CombinedAnalysisService,
    private readonly generation: GenerationService,
  ) {}

  @Post('analyze')
  @Endpoint({
    summary: 'Analyze a text in several ways at once',
    description: 'An analysis that fails is told of in `errors`, and the others are answered all the same.',
    response: AnalyzeResultDto,
    calls: 'model',
  })
  analyze(
    @Body() request: AnalyzeRequestDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<AnalyzeResultDto> {
    return this.combined.analyze(request, signal);
  }

  @Post('generate')
  @Header('Cache-Control', 'no-store')
  @Header('X-Accel-Buffering', 'no')
  @Endpoint({
    summary: 'Let a language model write',
    description:
      'Needs a model provider. Once events are on their way, a failure is an `error` event with a problem, the last one.',
    response: GenerateResultDto,
    streams: true,
    calls: 'model',
  })
  generate(
    @Body() request: GenerateRequestDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<GenerateResultDto | StreamableFile> {
    return this.generation.generate(request, signal);
  }

  @Post('classify')
  @Endpoint({
    summary: 'Tell which of the given categories a text belongs to',
    response: ClassificationResultDto,
    calls: 'model',
  })
  classify(
    @Body() request: ClassifyRequestDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<ClassificationResultDto> {
    return this.analyses.classify(request, signal);
  }

  @Post('summarize')
  @Endpoint({ summary: 'Summarize a text', response: SummaryResultDto, calls: 'model' })
  summarize(
    @Body() request: SummarizeRequestDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<SummaryResultDto> {
    return this.analyses.summarize(request, signal);
  }

  @Post('sentiment')
  @Endpoint({ summary: 'Tell how a text feels', response: SentimentResultDto, calls: 'model' })
  sentiment(
    @Body() request: SentimentRequestDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<SentimentResultDto> {
    return this.analyses.sentiment(request, signal);
  }

  @Post('keywords')
  @Endpoint({ summary: 'Find the keywords of a text', response: KeywordsResultDto, calls: 'model' })
  keywords(
    @Body() request: KeywordsRequestDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<KeywordsResultDto> {
    return this.analyses.keywords(request, signal);
  }
}
