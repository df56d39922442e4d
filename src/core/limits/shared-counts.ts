import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Secret } from '../../config/secret.js';
import type { RedisClient } from '../redis/redis-client.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { StoreCircuit } from '../redis/store-circuit.js';

/** What replicas count together, in Redis. Nobody waits for it longer than the time limit. */
export class SharedCounts implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(SharedCounts.name);
  private readonly connection: RedisConnection;
  private readonly circuit: StoreCircuit;

  /** @throws ConfigurationError when the URL can't be one of a Redis server */
  constructor(url: Secret, timeoutMs: number) {
    this.connection = new RedisConnection(url);
    this.circuit = new StoreCircuit({
      limitMs: timeoutMs,
      probe: () =>
        this.connection.run((client) => client.set('ml-service:probe:limits', '1', { PX: timeoutMs })),
      onOutage: (cause) => {
        const reason = cause instanceof Error ? cause.message : 'unknown';
        this.logger.warn(`Replicas can't count together: ${reason}.`);
      },
      onRecovery: (outageMs) => {
        this.logger.log(`Replicas count together again after ${(outageMs / 1000).toFixed(1)} s.`);
      },
    });
  }

  /** Whoever asks first should not be the one who waits for the connection. */
  async onModuleInit(): Promise<void> {
    await this.circuit.probe();
  }

  onApplicationShutdown(): void {
    this.circuit.stop();
    this.connection.close();
  }

  /** @returns undefined where Redis can't be reached, or doesn't answer in time; it may have done its part all the same */
  attempt<T>(command: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    return this.circuit.attempt(() => this.connection.run(command));
  }
}
