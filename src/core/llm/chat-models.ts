import { Injectable } from '@nestjs/common';
import { NotConfiguredError } from '../../common/errors/not-configured.error.js';
import { AppConfig } from '../../config/app-config.js';
import { CHAT_CATALOG } from './chat-catalog.js';
import {
  type ChatModelDefinition,
  chatDefinitionOf,
  type ChatModelReference,
  descriptorOf,
  parseChatModelId,
} from './chat-model-definition.js';
import type { ChatModel, ChatModelDescriptor } from './chat-model.js';
import { ChatPipelines } from './chat-pipelines.js';
import {
  chooseDefaultChatModel,
  chooseFallbackModels,
  configuredProviders,
  PROVIDER_SETTINGS,
} from './default-chat-model.js';
import { ProviderCalls } from './provider-calls.js';
import { ProviderClients } from './providers/provider-clients.js';
import { CircuitBreakers } from './resilience/circuit-breakers.js';
import { FallbackChatModel } from './resilience/fallback-chat-model.js';
import { TimeLimitedChatModel } from './resilience/time-limited-chat-model.js';
import { RetirementNotices } from './retirement-notices.js';
import { UnknownModelError } from './unknown-model.error.js';

/** Requests may name any model, so the ones that are in no catalogue can't all be kept. */
const MAX_KEPT_MODELS = 64;
const ANY_PROVIDER = Object.values(PROVIDER_SETTINGS).join(', or ');
const PLAUSIBLE_NAME = /^[\w.:/@-]{1,128}$/u;

/** All chat models, by the ids that requests use. */
@Injectable()
export class ChatModels {
  private readonly defaultDefinition: ChatModelDefinition | null;
  private readonly fallbacks: readonly ChatModel[];
  private readonly pipelines: ChatPipelines;
  private readonly retirements = new RetirementNotices();
  /** By provider and name, in the order of their last use. */
  private readonly kept = new Map<string, ChatModel>();

  /** @throws ConfigurationError when the settings name models that can't be used */
  constructor(
    private readonly config: AppConfig,
    clients: ProviderClients,
    calls: ProviderCalls,
    breakers: CircuitBreakers,
  ) {
    this.pipelines = new ChatPipelines({ config, clients, calls, breakers });
    this.defaultDefinition = chooseDefaultChatModel(config);
    this.fallbacks = chooseFallbackModels(config).map((definition) => this.pipelines.make(definition));
  }

  /** Whether there is any provider. */
  get isConfigured(): boolean {
    return this.defaultDefinition !== null;
  }

  /** The models that can be used as things are configured, the default first. */
  list(): ChatModelDescriptor[] {
    if (this.defaultDefinition === null) return [];
    const providers = configuredProviders(this.config);
    const others = CHAT_CATALOG.filter(
      ({ provider, id }) => providers.includes(provider) && !this.isDefault(id),
    );
    return [this.defaultDefinition.descriptor, ...others.map(descriptorOf)];
  }

  isDefault(id: string): boolean {
    return id === this.defaultDefinition?.descriptor.id;
  }

  /**
   * @param id of the catalogue, a name that tells its provider, or `provider/model`; the default model when absent
   * @throws UnknownModelError for an id that nobody knows
   * @throws NotConfiguredError for a model whose provider is not configured, and where there is none at all
   */
  get(id?: string): ChatModel {
    const definition = id === undefined ? this.defaultDefinition : this.definitionOf(id);
    if (definition === null) throw nothingConfigured();
    this.retirements.note(definition.descriptor);
    const key = `${definition.provider}/${definition.name}`;
    const model = this.kept.get(key) ?? this.make(definition);
    this.kept.delete(key);
    this.kept.set(key, model);
    const [leastRecentlyUsed] = this.kept.keys();
    if (this.kept.size > MAX_KEPT_MODELS && leastRecentlyUsed !== undefined) {
      this.kept.delete(leastRecentlyUsed);
    }
    return model;
  }

  private definitionOf(id: string): ChatModelDefinition | null {
    const reference = parseChatModelId(id);
    if (this.isDefaultModel(reference, id)) return this.defaultDefinition;
    if (reference && PLAUSIBLE_NAME.test(reference.name)) return chatDefinitionOf(reference);
    throw new UnknownModelError(
      this.list().map((model) => model.id),
      this.isConfigured ? null : ANY_PROVIDER,
    );
  }

  /** A default whose name tells no provider goes by its bare name as well. */
  private isDefaultModel(reference: ChatModelReference | null, id: string): boolean {
    if (this.defaultDefinition === null) return false;
    const { provider, name } = this.defaultDefinition;
    return reference ? reference.provider === provider && reference.name === name : id === name;
  }

  private make(definition: ChatModelDefinition): ChatModel {
    const model = this.pipelines.make(definition);
    const others = this.fallbacks.filter(({ descriptor }) => descriptor.id !== definition.descriptor.id);
    return new TimeLimitedChatModel(new FallbackChatModel(model, others), this.config.llm.totalTimeoutMs);
  }
}

function nothingConfigured(): NotConfiguredError {
  return new NotConfiguredError(`Set ${ANY_PROVIDER} to use language models.`);
}
