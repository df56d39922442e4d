import { Injectable, Logger } from '@nestjs/common';
import { toFailure } from '../common/errors/failure.js';
import { logFailure } from '../common/errors/log-failure.js';
import { problemType } from '../common/errors/problem.js';
import { toUsageDto } from '../core/llm/chat-usage.js';
import { combineAnalyzed } from './combine-analyzed.js';
import type { AnalysisName, AnalyzeRequestDto } from './dto/analysis-request.dto.js';
import type { AnalysisProblemDto, AnalyzeResultDto } from './dto/analyze.dto.js';
import { LanguageDetector } from './language/language-detector.js';
import { measureText } from './measure-text.js';
import type { Analyzed, TextAnalyzer, TextRequest } from './text-analyzer.js';
import { TextAnalyzers } from './text-analyzers.js';

const KEYWORDS = 10;

/** What an analysis adds to the answer, and who made it. */
interface Part {
  readonly fields: Partial<AnalyzeResultDto>;
  readonly by: Analyzed;
}

const MAKE_PART: Record<AnalysisName, (analyzer: TextAnalyzer, request: TextRequest) => Promise<Part>> = {
  async sentiment(analyzer, request) {
    const by = await analyzer.sentiment({ ...request, includeAspects: false });
    const { sentiment, score, confidence } = by;
    return { fields: { sentiment: { sentiment, score, confidence } }, by };
  },
  async summary(analyzer, request) {
    const by = await analyzer.summarize({ ...request, maxLength: null });
    return { fields: { summary: by.summary, key_points: [...by.keyPoints] }, by };
  },
  async keywords(analyzer, request) {
    const by = await analyzer.keywords({ ...request, maxKeywords: KEYWORDS });
    return { fields: { keywords: [...by.keywords] }, by };
  },
};

/** Several analyses of one text at the same time. One that fails leaves the others alone. */
@Injectable()
export class CombinedAnalysisService {
  private readonly logger = new Logger(CombinedAnalysisService.name);

  constructor(
    private readonly analyzers: TextAnalyzers,
    private readonly languages: LanguageDetector,
  ) {}

  /** @throws what the first analysis failed of, when all have failed */
  async analyze(
    { text, analyses, model }: AnalyzeRequestDto,
    signal: AbortSignal,
  ): Promise<AnalyzeResultDto> {
    const analyzer = this.analyzers.get(model);
    const [language, outcomes] = await Promise.all([
      this.languages.detect(text, signal),
      Promise.allSettled(analyses.map((name) => MAKE_PART[name](analyzer, { text, signal }))),
    ]);
    signal.throwIfAborted();
    const parts = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    if (parts.length === 0) throw firstReason(outcomes);
    const { model: models, provider, usage } = combineAnalyzed(parts.map(({ by }) => by));
    return {
      ...parts.reduce<Partial<AnalyzeResultDto>>((all, { fields }) => ({ ...all, ...fields }), {}),
      ...(parts.length < analyses.length && { errors: this.toProblems(analyses, outcomes) }),
      ...measureText(text),
      language,
      model: models,
      provider,
      usage: toUsageDto(usage),
    };
  }

  private toProblems(
    analyses: readonly AnalysisName[],
    outcomes: readonly PromiseSettledResult<Part>[],
  ): Record<string, AnalysisProblemDto> {
    const failed = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [[analyses[index] ?? '', this.toProblem(outcome.reason)] as const] : [],
    );
    return Object.fromEntries(failed);
  }

  private toProblem(error: unknown): AnalysisProblemDto {
    const failure = toFailure(error);
    logFailure(this.logger, failure, error);
    const { title, status, detail } = failure;
    return { type: problemType(failure), title, status, detail };
  }
}

function firstReason(outcomes: readonly PromiseSettledResult<unknown>[]): Error {
  return outcomes.find((outcome) => outcome.status === 'rejected')?.reason as Error;
}
