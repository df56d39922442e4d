import type { Budgets, ModelUse } from '../limits/budgets.js';
import { costOf } from './embedding-cost.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from './embedding-model.js';

/** Fewer than nearly all texts have for a token, so that more is reserved than is used. */
const CHARACTERS_PER_TOKEN = 3;

/** Calls the inner model as long as its caller's budget lasts. */
export class BudgetedEmbeddingModel extends EmbeddingModel {
  constructor(
    private readonly inner: EmbeddingModel,
    private readonly budgets: Budgets,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  async embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    const characters = request.texts.reduce((sum, text) => sum + text.length, 0);
    const reservation = await this.budgets.reserve(this.useOf(characters / CHARACTERS_PER_TOKEN));
    let tokens = 0;
    try {
      const embedded = await this.inner.embed(request);
      tokens = embedded.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
      return embedded;
    } finally {
      await reservation.settle(this.useOf(tokens));
    }
  }

  private useOf(tokens: number): ModelUse {
    return { tokens, costUsd: costOf(this.descriptor, tokens) };
  }
}
