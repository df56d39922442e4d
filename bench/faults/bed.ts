import { goodReply } from '../../test/support/model-answers.js';
import { OpenAiStub } from '../../test/support/openai-stub.js';
import { RedisServer } from '../../test/support/redis-server.js';
import { ServiceProcess } from '../../test/support/service-process.js';
import { PostgresServer } from './postgres.js';

/** More scripted calls than any scenario makes. */
const ALWAYS = 100_000;

export type ProviderFault = 'status-500' | 'stall' | 'reset';

/** What a service stands on, all of it the benchmark's own: PostgreSQL, Redis and a stub of the provider. */
export class Bed {
  private readonly services = new Set<ServiceProcess>();

  private constructor(
    readonly postgres: PostgresServer,
    readonly provider: OpenAiStub,
    private redis: RedisServer,
  ) {}

  static async make(): Promise<Bed> {
    const postgres = await PostgresServer.start();
    const provider = await OpenAiStub.start();
    provider.chat.usualReply = goodReply;
    return new Bed(postgres, provider, await RedisServer.start());
  }

  /** Starts a service on all of it. Documents are embedded locally, so that only some requests need the provider. */
  async startService(variables: Record<string, string> = {}): Promise<ServiceProcess> {
    const service = await ServiceProcess.start({
      DATABASE_URL: this.postgres.url,
      REDIS_URL: this.redis.url,
      OPENAI_API_KEY: 'sk-stub',
      OPENAI_BASE_URL: this.provider.baseUrl,
      EMBEDDING_MODEL: 'local-lexical',
      LOG_LEVEL: 'info',
      ...variables,
    });
    this.services.add(service);
    return service;
  }

  killRedis(): Promise<void> {
    return this.redis.kill();
  }

  async reviveRedis(): Promise<void> {
    this.redis = await RedisServer.start(this.redis.port);
  }

  pauseRedis(): void {
    this.redis.pause();
  }

  resumeRedis(): void {
    this.redis.resume();
  }

  /** From now on every call to the provider goes wrong in this way. */
  spoilProvider(fault: ProviderFault): void {
    if (fault === 'status-500') {
      this.provider.failNext(500, { count: ALWAYS });
      this.provider.chat.failNext(500, { count: ALWAYS });
    } else {
      this.provider.scriptNext({ kind: fault, when: 'before' }, ALWAYS);
      this.provider.chat.scriptNext({ kind: fault, when: 'before' }, ALWAYS);
    }
  }

  healProvider(): void {
    this.provider.reset();
    this.provider.chat.usualReply = goodReply;
  }

  async remove(): Promise<void> {
    await Promise.all([...this.services].map((service) => service.kill()));
    await this.redis.kill();
    await this.provider.close();
    await this.postgres.remove();
  }
}
