import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { RequestSignal } from '../common/http/request-signal.decorator.js';
import { BatchEmbeddingDto, GenerateEmbeddingDto, SimilarityDto } from './dto/embedding-request.dto.js';
import {
  BatchEmbeddingResultDto,
  EmbeddingModelListDto,
  GenerateEmbeddingResultDto,
  SimilarityResultDto,
} from './dto/embedding-response.dto.js';
import { EmbeddingsService } from './embeddings.service.js';

@ApiTags('embeddings')
@Controller('embeddings')
export class EmbeddingsController {
  constructor(private readonly embeddings: EmbeddingsService) {}

  @Post('generate')
  @Endpoint({ summary: 'Embed a text', response: GenerateEmbeddingResultDto, calls: 'model' })
  generate(
    @Body() request: GenerateEmbeddingDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<GenerateEmbeddingResultDto> {
    return this.embeddings.generate(request, signal);
  }

  @Post('batch')
  @Endpoint({
    summary: 'Embed many texts, all or none',
    response: BatchEmbeddingResultDto,
    calls: 'model',
  })
  batch(
    @Body() request: BatchEmbeddingDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<BatchEmbeddingResultDto> {
    return this.embeddings.batch(request, signal);
  }

  @Post('similarity')
  @Endpoint({
    summary: 'How alike two texts are',
    response: SimilarityResultDto,
    calls: 'model',
  })
  similarity(
    @Body() request: SimilarityDto,
    @RequestSignal() signal: AbortSignal,
  ): Promise<SimilarityResultDto> {
    return this.embeddings.similarity(request, signal);
  }

  @Get('models')
  @Endpoint({ summary: 'The embedding models that can be used', response: EmbeddingModelListDto })
  models(): EmbeddingModelListDto {
    return this.embeddings.listModels();
  }
}
