import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { CacheService } from '../cache/cache.service.js';
import { chooseDefaultModel } from './default-embedding-model.js';
import { EMBEDDING_CATALOG } from './embedding-catalog.js';
import {
  type EmbeddingModelReference,
  type EmbeddingModelDefinition,
  findInCatalog,
  parseModelId,
  definitionOf,
} from './embedding-model-definition.js';
import type { EmbeddingModel, EmbeddingModelDescriptor } from './embedding-model.js';
import { EmbeddingPipelines } from './embedding-pipelines.js';
import { ProviderCalls } from './provider-calls.js';
import { OpenAiClient } from './providers/openai/openai-client.js';
import { CircuitBreakers } from './resilience/circuit-breakers.js';
import { UnknownModelError } from './unknown-model.error.js';

/** Requests may name any model, so the ones that are in no catalogue can't all be kept. */
const MAX_UNCATALOGUED_MODELS = 32;
const PLAUSIBLE_NAME = /^[\w.:/@-]{1,128}$/u;

/** All embedding models, by the ids that requests use. An id always gives the same model while it is in use. */
@Injectable()
export class EmbeddingModels {
  readonly default: EmbeddingModel;
  private readonly defaultDefinition: EmbeddingModelDefinition;
  private readonly pipelines: EmbeddingPipelines;
  private readonly isOpenAiConfigured: boolean;
  private readonly catalogued = new Map<string, EmbeddingModel>();
  /** In the order of their last use. */
  private readonly uncatalogued = new Map<string, EmbeddingModel>();

  /** @throws ConfigurationError when the settings name no usable default */
  constructor(
    config: AppConfig,
    cache: CacheService,
    openai: OpenAiClient,
    calls: ProviderCalls,
    breakers: CircuitBreakers,
  ) {
    this.isOpenAiConfigured = openai.sdk !== null;
    this.pipelines = new EmbeddingPipelines({ config, cache, openai, calls, breakers });
    this.defaultDefinition = chooseDefaultModel(config);
    this.default = this.pipelines.make(this.defaultDefinition);
  }

  /** The models that can be used as things are configured. */
  list(): EmbeddingModelDescriptor[] {
    const usable = EMBEDDING_CATALOG.filter(
      ({ provider }) => provider === 'local' || this.isOpenAiConfigured,
    );
    const others = usable.filter(({ id }) => !this.isDefault(id));
    return [this.default.descriptor, ...others];
  }

  isDefault(id: string): boolean {
    return id === this.defaultDefinition.descriptor.id;
  }

  /**
   * @param id of the catalogue, or `provider/model`; the default model when absent
   * @throws UnknownModelError for an id that nobody knows
   * @throws NotConfiguredError for a model whose provider is not configured
   */
  get(id?: string): EmbeddingModel {
    if (id === undefined) return this.default;
    const reference = parseModelId(id);
    if (this.isDefaultModel(reference, id)) return this.default;
    if (!reference || !PLAUSIBLE_NAME.test(reference.name)) throw this.unknown();
    if (findInCatalog(reference)) return this.getCatalogued(reference);
    if (reference.provider === 'local') throw this.unknown();
    return this.getUncatalogued(reference);
  }

  /** A default that is in no catalogue goes by its bare name as well. */
  private isDefaultModel(reference: EmbeddingModelReference | null, id: string): boolean {
    const { provider, name } = this.defaultDefinition;
    return reference ? reference.provider === provider && reference.name === name : id === name;
  }

  private getCatalogued(reference: EmbeddingModelReference): EmbeddingModel {
    const model =
      this.catalogued.get(reference.name) ?? this.pipelines.make(definitionOf(reference, reference.name));
    this.catalogued.set(reference.name, model);
    return model;
  }

  private getUncatalogued(reference: EmbeddingModelReference): EmbeddingModel {
    const id = `${reference.provider}/${reference.name}`;
    const model = this.uncatalogued.get(id) ?? this.pipelines.make(definitionOf(reference, id));
    this.uncatalogued.delete(id);
    this.uncatalogued.set(id, model);
    const [leastRecentlyUsed] = this.uncatalogued.keys();
    if (this.uncatalogued.size > MAX_UNCATALOGUED_MODELS && leastRecentlyUsed !== undefined) {
      this.uncatalogued.delete(leastRecentlyUsed);
    }
    return model;
  }

  private unknown(): UnknownModelError {
    return new UnknownModelError(this.list().map(({ id }) => id));
  }
}
