import { Injectable } from '@nestjs/common';
import type { ChatUsage } from './chat-model.js';

/** What is counted together. */
export interface UsageKey {
  /** Who asked, e.g. `analysis.summarize`. */
  readonly capability: string;
  readonly provider: string;
  readonly model: string;
}

export interface UsageTotals {
  /** Calls to the provider, each attempt of a retry included. */
  readonly calls: number;
  readonly failedCalls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars, of the calls whose cost is known. */
  readonly costUsd: number;
  /** Calls that used tokens at an unknown price. */
  readonly unpricedCalls: number;
}

export type UsageCount = UsageKey & UsageTotals;

/** Requests name models freely, so that not every name can have a row of its own for ever. */
const MAX_ROWS = 1000;
const OTHER = 'other';
const NOTHING: UsageTotals = {
  calls: 0,
  failedCalls: 0,
  promptTokens: 0,
  completionTokens: 0,
  costUsd: 0,
  unpricedCalls: 0,
};

/** Counts what language models are used for, and what that costs, since the process started. */
@Injectable()
export class UsageMeter {
  private readonly rows = new Map<string, UsageCount>();

  noteSuccess(key: UsageKey, usage: ChatUsage): void {
    this.add(key, { ...NOTHING, ...consumption(usage), calls: 1 });
  }

  /** @param usage what the call used all the same; null where that is not known */
  noteFailure(key: UsageKey, usage: ChatUsage | null): void {
    this.add(key, { ...NOTHING, ...(usage && consumption(usage)), calls: 1, failedCalls: 1 });
  }

  /** A count for each capability, provider and model, as of now. */
  snapshot(): UsageCount[] {
    return [...this.rows.values()];
  }

  /** All of them together. */
  total(): UsageTotals {
    return this.snapshot().reduce(sum, NOTHING);
  }

  private add(key: UsageKey, amount: UsageTotals): void {
    const place = this.placeOf(key);
    const row = this.rows.get(place.name);
    this.rows.set(place.name, { ...place.key, ...sum(row ?? NOTHING, amount) });
  }

  private placeOf(key: UsageKey) {
    const name = JSON.stringify([key.capability, key.provider, key.model]);
    if (this.rows.has(name) || this.rows.size < MAX_ROWS) return { name, key };
    return { name: OTHER, key: { capability: OTHER, provider: OTHER, model: OTHER } };
  }
}

function consumption({ promptTokens, completionTokens, costUsd }: ChatUsage) {
  return { promptTokens, completionTokens, costUsd: costUsd ?? 0, unpricedCalls: costUsd === null ? 1 : 0 };
}

function sum(a: UsageTotals, b: UsageTotals): UsageTotals {
  return {
    calls: a.calls + b.calls,
    failedCalls: a.failedCalls + b.failedCalls,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    costUsd: a.costUsd + b.costUsd,
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
  };
}
