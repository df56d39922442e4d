import type { Budgets, ModelUse } from '../limits/budgets.js';
import { assumedBilledSeconds, transcriptionCost } from './transcription-cost.js';
import {
  type Transcription,
  TranscriptionModel,
  type TranscriptionModelDescriptor,
  type TranscriptionRequest,
} from './transcription-model.js';

/** Calls the inner model as long as its caller's budget lasts. Most speech models use no tokens, only money. */
export class BudgetedTranscriptionModel extends TranscriptionModel {
  constructor(
    private readonly inner: TranscriptionModel,
    private readonly budgets: Budgets,
  ) {
    super();
  }

  get descriptor(): TranscriptionModelDescriptor {
    return this.inner.descriptor;
  }

  async transcribe(request: TranscriptionRequest): Promise<Transcription> {
    const seconds = assumedBilledSeconds(request.seconds);
    const reservation = await this.budgets.reserve({ tokens: 0, costUsd: this.costOf(seconds) });
    let use: ModelUse = { tokens: 0, costUsd: 0 };
    try {
      const transcription = await this.inner.transcribe(request);
      const { promptTokens, completionTokens, billedSeconds } = transcription;
      use = { tokens: promptTokens + completionTokens, costUsd: this.costOf(billedSeconds ?? seconds) };
      return transcription;
    } finally {
      await reservation.settle(use);
    }
  }

  private costOf(seconds: number): number | null {
    return transcriptionCost(this.descriptor, seconds);
  }
}
