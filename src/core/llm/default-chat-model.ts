import type { AppConfig } from '../../config/app-config.js';
import { ConfigurationError } from '../../config/configuration.error.js';
import { type ChatProvider, DEFAULT_CHAT_MODELS } from './chat-catalog.js';
import { type ChatModelDefinition, chatDefinitionOf, parseChatModelId } from './chat-model-definition.js';

type ChatConfig = Pick<AppConfig, 'openai' | 'anthropic' | 'llm'>;

/** What a provider needs to be used. */
export const PROVIDER_SETTINGS: Readonly<Record<ChatProvider, string>> = {
  openai: 'OPENAI_API_KEY or OPENAI_BASE_URL',
  anthropic: 'ANTHROPIC_API_KEY or ANTHROPIC_BASE_URL',
};

/** The providers that can be used, in the order in which their defaults are taken. */
export function configuredProviders({ openai, anthropic }: ChatConfig): ChatProvider[] {
  return [...(openai ? (['openai'] as const) : []), ...(anthropic ? (['anthropic'] as const) : [])];
}

/**
 * The model that the settings make the default; null when there is no provider.
 * @throws ConfigurationError when the settings contradict each other
 */
export function chooseDefaultChatModel(config: ChatConfig): ChatModelDefinition | null {
  const { model } = config.llm;
  if (model !== null) return settledModel('DEFAULT_LLM_MODEL', model, config);
  const [provider] = configuredProviders(config);
  if (provider === undefined) return null;
  return chatDefinitionOf({ provider, name: DEFAULT_CHAT_MODELS[provider] });
}

/**
 * The models that are asked when another can not answer.
 * @throws ConfigurationError when one of them can't be used
 */
export function chooseFallbackModels(config: ChatConfig): ChatModelDefinition[] {
  return config.llm.fallbackModels.map((id) => settledModel('LLM_FALLBACK_MODELS', id, config));
}

/** A bare name that tells no provider is one of the server at `OPENAI_BASE_URL`. */
function settledModel(setting: string, id: string, config: ChatConfig): ChatModelDefinition {
  const reference = parseChatModelId(id);
  const definition = reference
    ? chatDefinitionOf(reference)
    : chatDefinitionOf({ provider: 'openai', name: id }, id);
  const { provider } = definition;
  if (configuredProviders(config).includes(provider)) return definition;
  throw new ConfigurationError([`${setting} names ${id}, which needs ${PROVIDER_SETTINGS[provider]}`]);
}
