import { ConnectionTimeoutError, ErrorReply } from '@redis/client';
import { inspect } from 'node:util';
import { ConfigurationError } from '../../config/configuration.error.js';
import { Secret } from '../../config/secret.js';
import { createRedisClient, redisFailureReason } from './redis-client.js';

describe('createRedisClient', () => {
  it.each([
    'redis://user:s3cret@host:port',
    'redis://user:s3cret@host/not-a-number',
    'redis://user:%s3cret@host',
    'http://user:s3cret@host',
  ])('refuses a URL without repeating it: %#', (url) => {
    const create = (): unknown => createRedisClient(new Secret(url), new AbortController().signal);

    expect(create).toThrow(ConfigurationError);
    try {
      create();
    } catch (error) {
      expect(inspect(error, { depth: 10 })).not.toContain('s3cret');
    }
  });

  it('understands credentials, database and TLS', () => {
    const url = new Secret('rediss://user:p%40ss@cache.example:6380/3');

    const { options } = createRedisClient(url, new AbortController().signal);

    expect(options).toMatchObject({
      username: 'user',
      password: 'p@ss',
      database: 3,
      socket: { host: 'cache.example', port: 6380, tls: true },
    });
  });
});

describe('redisFailureReason', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:6379'), { code: 'ECONNREFUSED' });

  it.each([
    [refused, 'ECONNREFUSED'],
    [new ErrorReply("OOM command not allowed when used memory > 'maxmemory'."), 'OOM'],
    [new ErrorReply('strange reply'), 'error reply'],
    [new ConnectionTimeoutError(), 'ConnectionTimeoutError'],
    ['thrown text', 'unknown'],
  ])('names a failure without its details: %#', (error, reason) => {
    expect(redisFailureReason(error)).toBe(reason);
  });
});
