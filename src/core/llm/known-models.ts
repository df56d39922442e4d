import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { CHAT_CATALOG } from './chat-catalog.js';
import { chooseDefaultChatModel, chooseFallbackModels } from './default-chat-model.js';
import { chooseDefaultModel } from './default-embedding-model.js';
import { EMBEDDING_CATALOG } from './embedding-catalog.js';
import { TRANSCRIPTION_CATALOG } from './transcription-catalog.js';

const OTHER = 'other';

/**
 * The models of the catalogues and of the settings. Requests may name any other, so where a name is written down for
 * good, as in the labels of metrics, all others have one name together.
 */
@Injectable()
export class KnownModels {
  private readonly names: ReadonlySet<string>;

  constructor(config: AppConfig) {
    this.names = new Set([
      ...CHAT_CATALOG.flatMap(({ id, snapshots }) => [id, ...snapshots]),
      ...EMBEDDING_CATALOG.map(({ id }) => id),
      ...TRANSCRIPTION_CATALOG.map(({ id }) => id),
      ...[
        chooseDefaultChatModel(config),
        ...chooseFallbackModels(config),
        chooseDefaultModel(config),
      ].flatMap((definition) => definition?.descriptor.id ?? []),
      config.transcription.model,
    ]);
  }

  nameOf(id: string): string {
    return this.names.has(id) ? id : OTHER;
  }
}
