import { Module } from '@nestjs/common';
import { LlmModule } from '../core/llm/llm.module.js';
import { AnalysisController } from './analysis.controller.js';
import { AnalysisService } from './analysis.service.js';
import { CombinedAnalysisService } from './combined-analysis.service.js';
import { GenerationService } from './generation/generation.service.js';
import { LanguageDetector } from './language/language-detector.js';
import { LocalTextAnalyzer } from './local/local-text-analyzer.js';
import { TextAnalyzers } from './text-analyzers.js';

@Module({
  imports: [LlmModule],
  controllers: [AnalysisController],
  providers: [
    AnalysisService,
    CombinedAnalysisService,
    GenerationService,
    LanguageDetector,
    LocalTextAnalyzer,
    TextAnalyzers,
  ],
})
export class AnalysisModule {}
