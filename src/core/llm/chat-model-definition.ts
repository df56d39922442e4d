import {
  ASSUMED_CONTEXT_TOKENS,
  type CataloguedChatModel,
  CHAT_CATALOG,
  type ChatModelTraits,
  type ChatPricing,
  type ChatProvider,
} from './chat-catalog.js';
import type { ChatModelDescriptor } from './chat-model.js';

/** Which model, by the name that its provider knows it by. */
export interface ChatModelReference {
  readonly provider: ChatProvider;
  readonly name: string;
}

/** What it takes to make a model. */
export interface ChatModelDefinition extends ChatModelReference {
  readonly descriptor: ChatModelDescriptor;
  readonly traits: ChatModelTraits;
  /** Null where unknown. */
  readonly pricing: ChatPricing | null;
}

const PREFIXED = /^(?<provider>openai|anthropic)\/(?<name>.+)$/su;
/** Families whose names tell their provider. */
const FAMILIES: readonly (readonly [RegExp, ChatProvider])[] = [
  [/^(?:gpt-|chatgpt-|o[134](?:-|$))/u, 'openai'],
  [/^claude-/u, 'anthropic'],
];
/** Families of OpenAI that think before they answer, the ones to come included. */
const THINKING = /^(?:o\d|gpt-(?:[5-9]|\d\d))/u;

/** Reads `provider/model`, an id of the catalogue, or a name that tells its provider; null for any other. */
export function parseChatModelId(id: string): ChatModelReference | null {
  const { provider, name } = PREFIXED.exec(id)?.groups ?? {};
  if (provider !== undefined && name !== undefined) return { provider: provider as ChatProvider, name };
  const family = FAMILIES.find(([pattern]) => pattern.test(id));
  return family ? { provider: family[1], name: id } : null;
}

/**
 * A model as the catalogue has it, or else with as little assumed about it as possible.
 * @param uncataloguedId its id where it is in no catalogue
 */
export function chatDefinitionOf(
  reference: ChatModelReference,
  uncataloguedId = shortestId(reference),
): ChatModelDefinition {
  const catalogued = findInCatalog(reference);
  if (!catalogued) return { ...reference, ...uncatalogued(reference, uncataloguedId) };
  return {
    ...reference,
    descriptor: { ...descriptorOf(catalogued), id: reference.name },
    traits: catalogued,
    pricing: catalogued.pricing,
  };
}

/** What clients may know about a model of the catalogue. */
export function descriptorOf(model: CataloguedChatModel): ChatModelDescriptor {
  return {
    id: model.id,
    provider: model.provider,
    contextTokens: model.contextTokens,
    maxOutputTokens: model.maxOutputTokens,
    pricePerMillionInputTokens: model.pricePerMillionInputTokens,
    pricePerMillionOutputTokens: model.pricePerMillionOutputTokens,
    retiresOn: model.retiresOn,
  };
}

function shortestId({ provider, name }: ChatModelReference): string {
  return parseChatModelId(name)?.provider === provider ? name : `${provider}/${name}`;
}

function findInCatalog({ provider, name }: ChatModelReference): CataloguedChatModel | null {
  const isIt = (model: CataloguedChatModel) => model.id === name || model.snapshots.includes(name);
  return CHAT_CATALOG.find((model) => model.provider === provider && isIt(model)) ?? null;
}

function uncatalogued({ provider, name }: ChatModelReference, id: string) {
  const thinks = provider === 'anthropic' || THINKING.test(name);
  return {
    descriptor: {
      id,
      provider,
      contextTokens: ASSUMED_CONTEXT_TOKENS,
      maxOutputTokens: null,
      pricePerMillionInputTokens: null,
      pricePerMillionOutputTokens: null,
      retiresOn: null,
    },
    // Leaving a temperature out is never refused.
    traits: { takesTemperature: !thinks, thinks, effort: null },
    pricing: null,
  };
}
