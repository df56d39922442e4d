import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { AllTenantsDatabase } from '../../core/database/all-tenants-database.js';
import { deleteEstimatesBefore } from './estimate-table.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Estimates that one statement deletes: others get their turn in between. */
const PURGE_SIZE = 1000;

/** Deletes estimates that nobody will come back to, once a day. */
@Injectable()
export class EstimateRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(EstimateRetention.name);
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: AllTenantsDatabase,
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
      const { estimateRetentionDays } = this.config.complexity;
      let deleted = PURGE_SIZE;
      while (deleted === PURGE_SIZE) {
        deleted = await deleteEstimatesBefore(this.database, estimateRetentionDays, PURGE_SIZE);
      }
    } catch {
      this.logger.warn('Old estimates could not be deleted; tomorrow is another day.');
    }
  }
}
