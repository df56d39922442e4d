import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { TaskHistory } from './task-history.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Deletes estimates that nobody will come back to, once a day. */
@Injectable()
export class EstimateRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(EstimateRetention.name);
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly history: TaskHistory,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.purge();
    this.timer = setInterval(() => {
      this.running = this.purge();
    }, DAY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.running;
  }

  private async purge(): Promise<void> {
    try {
      await this.history.forgetEstimates(this.config.complexity.estimateRetentionDays);
    } catch {
      this.logger.warn('Old estimates could not be deleted; tomorrow is another day.');
    }
  }
}
