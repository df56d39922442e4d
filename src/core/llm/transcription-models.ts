import { Injectable } from '@nestjs/common';
import { NotConfiguredError } from '../../common/errors/not-configured.error.js';
import { AppConfig } from '../../config/app-config.js';
import { ProviderCalls } from './provider-calls.js';
import { OpenAiClient } from './providers/openai/openai-client.js';
import { OpenAiTranscriptionModel } from './providers/openai/openai-transcription-model.js';
import { BudgetedTranscriptionModel } from './budgeted-transcription-model.js';
import { ResilientTranscriptionModel } from './resilience/resilient-transcription-model.js';
import { RetirementNotices } from './retirement-notices.js';
import { TRANSCRIPTION_CATALOG, uncataloguedTranscriptionModel } from './transcription-catalog.js';
import type { TranscriptionModel, TranscriptionModelDescriptor } from './transcription-model.js';
import { UnknownModelError } from './unknown-model.error.js';

const PREFIX = 'openai/';
const PLAUSIBLE_NAME = /^[\w.:/@-]{1,128}$/u;

/** All transcription models, by the ids that requests use. */
@Injectable()
export class TranscriptionModels {
  private readonly retirements = new RetirementNotices();

  constructor(
    private readonly config: AppConfig,
    private readonly openai: OpenAiClient,
    private readonly calls: ProviderCalls,
  ) {}

  /** Whether there is a provider at all. */
  get isConfigured(): boolean {
    return this.openai.sdk !== null;
  }

  /** The catalogue and the default, whether a provider is configured or not. */
  list(): TranscriptionModelDescriptor[] {
    const first = this.default;
    return [first, ...TRANSCRIPTION_CATALOG.filter(({ id }) => id !== first.id)];
  }

  get default(): TranscriptionModelDescriptor {
    const id = this.config.transcription.model;
    const name = id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
    return findInCatalog(name) ?? uncataloguedTranscriptionModel(id, name);
  }

  /**
   * @param id of the catalogue, or `openai/model`; the default when absent
   * @throws UnknownModelError for an id that nobody knows
   */
  describe(id?: string): TranscriptionModelDescriptor {
    if (id === undefined || id === this.default.id) return this.default;
    const isPrefixed = id.startsWith(PREFIX);
    const name = isPrefixed ? id.slice(PREFIX.length) : id;
    const known = findInCatalog(name);
    if (known !== null) return known;
    if (!isPrefixed || !PLAUSIBLE_NAME.test(name))
      throw new UnknownModelError(this.list().map((one) => one.id));
    return uncataloguedTranscriptionModel(id, name);
  }

  /**
   * @throws UnknownModelError for an id that nobody knows, NotConfiguredError where its provider is not configured
   */
  get(id?: string): TranscriptionModel {
    const descriptor = this.describe(id);
    const { sdk, callLimit } = this.openai;
    if (sdk === null) {
      throw new NotConfiguredError(
        'Transcription needs a model: set OPENAI_API_KEY, or OPENAI_BASE_URL for a compatible server.',
      );
    }
    this.retirements.note(descriptor);
    const name = descriptor.id.startsWith(PREFIX) ? descriptor.id.slice(PREFIX.length) : descriptor.id;
    const { timeoutMs } = this.config.transcription;
    const resilient = new ResilientTranscriptionModel(
      new OpenAiTranscriptionModel({ sdk, descriptor, name, timeoutMs }),
      {
        limit: callLimit,
        calls: this.calls,
        policy: {
          maxRetries: this.config.provider.maxRetries,
          baseDelayMs: 250,
          maxDelayMs: 8000,
          maxRetryAfterMs: 60_000,
          budgetMs: 2 * timeoutMs,
        },
      },
    );
    return new BudgetedTranscriptionModel(resilient, this.calls.budgets);
  }
}

function findInCatalog(name: string): TranscriptionModelDescriptor | null {
  return TRANSCRIPTION_CATALOG.find((model) => model.id === name) ?? null;
}
