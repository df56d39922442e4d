import { ValidationError } from '../../common/errors/validation.error.js';
import type { ChatModel } from './chat-model.js';
import type { ChatModels } from './chat-models.js';
import { UnknownModelError } from './unknown-model.error.js';

/**
 * The chat model that the `model` field of a request names; the default one when it names none.
 * @param otherIds what else the field may be
 * @throws ValidationError at `model` for one that nobody knows
 * @throws NotConfiguredError when its provider, or any provider, is not configured
 */
export function requestedChatModel(
  models: ChatModels,
  id: string | undefined,
  otherIds: readonly string[] = [],
): ChatModel {
  try {
    return models.get(id);
  } catch (error) {
    if (!(error instanceof UnknownModelError)) throw error;
    const { message } = new UnknownModelError([...otherIds, ...error.knownIds], error.missing);
    throw ValidationError.at(['model'], message, 'unknown_model');
  }
}
