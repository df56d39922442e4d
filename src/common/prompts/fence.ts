import { randomBytes } from 'node:crypto';

const CODE_BYTES = 12;

/**
 * Puts text between marker lines that it can't close, because they hold a random code. One fence serves one message;
 * the rules that a model needs about it are `DATA_RULES`.
 */
export class Fence {
  private readonly code: string;

  constructor(code = randomBytes(CODE_BYTES).toString('hex')) {
    this.code = code;
  }

  /** @param name upper case, e.g. `TEXT` */
  around(name: string, text: string): string {
    return `<<<BEGIN ${name} ${this.code}>>>\n${text}\n<<<END ${name} ${this.code}>>>`;
  }
}
