import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AppConfigModule } from '../../config/app-config.module.js';
import { type EnvironmentVariables, loadConfig } from '../../config/load-config.js';
import { CacheModule } from './cache.module.js';
import { CacheService } from './cache.service.js';

describe('CacheModule', () => {
  function compile(variables: EnvironmentVariables): Promise<TestingModule> {
    return Test.createTestingModule({
      imports: [AppConfigModule.forRoot(loadConfig(variables)), CacheModule],
    }).compile();
  }

  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('keeps the cache in the process by default', async () => {
    const module = await compile({});

    expect(module.get(CacheService)).toMatchObject({ kind: 'memory', state: 'up' });
    await module.close();
  });

  it('starts and stops with a Redis that is not there', async () => {
    const module = await compile({ REDIS_URL: 'redis://127.0.0.1:1' });
    await module.init();
    const cache = module.get(CacheService);

    expect(cache).toMatchObject({ kind: 'redis', state: 'down' });
    await expect(cache.getMany('n', ['a'])).resolves.toEqual([undefined]);

    await module.close();
    expect(process.getActiveResourcesInfo()).not.toContain('TCPSocketWrap');
  });
});
