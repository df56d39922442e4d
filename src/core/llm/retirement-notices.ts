import { Logger } from '@nestjs/common';
import { addResponseHeader } from '../../common/http/response-headers.js';
import { CATALOG_DATE } from './chat-catalog.js';

const MILLISECONDS = 1000;

/** The part of a model that matters here, whatever it is for. */
export interface RetiringModel {
  readonly id: string;
  /** ISO date on which its provider switches it off; null where none is announced. */
  readonly retiresOn: string | null;
}

/** Says that a model will be switched off: once in the log, and in the headers of each answer that it is used for. */
export class RetirementNotices {
  private readonly logger = new Logger(RetirementNotices.name);
  private readonly logged = new Set<string>();

  note({ id, retiresOn }: RetiringModel): void {
    if (retiresOn === null) return;
    // RFC 9745 wants a date here, and the one on which we knew of it is the latest that it can be.
    addResponseHeader('Deprecation', `@${Date.parse(CATALOG_DATE) / MILLISECONDS}`);
    addResponseHeader('Sunset', new Date(retiresOn).toUTCString());
    if (this.logged.has(id)) return;
    this.logged.add(id);
    this.logger.warn(`${id} will be switched off by its provider on ${retiresOn}; choose another model.`);
  }
}
