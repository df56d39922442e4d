import { QueryFailedError } from 'typeorm';
import { UnavailableError } from '../../common/errors/unavailable.error.js';
import { isRetryable, sqlState, translateDatabaseError, unreachableReason } from './database-errors.js';

function failed(driverError: object): QueryFailedError {
  return new QueryFailedError('select 1', [], Object.assign(new Error('failed'), driverError));
}

describe('database errors', () => {
  it.each([
    [failed({ code: '57P01' })],
    [failed({ code: '53300' })],
    [failed({ code: '08006' })],
    [failed({ code: '57014' })],
    [failed({ code: 'EPIPE' })],
    [failed({ message: 'Connection terminated unexpectedly' })],
    [Object.assign(new Error('the database system is starting up'), { code: '57P03' })],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    [Object.assign(new Error('timeout exceeded when trying to connect'))],
  ])('calls an outage by its name: %s', (error) => {
    const translated = translateDatabaseError(error);
    expect(translated).toBeInstanceOf(UnavailableError);
    expect((translated as Error).cause).toBe(error);
  });

  it.each([[failed({ code: '42P01' })], [failed({ code: '23505' })], [new Error('a bug')], ['text']])(
    'leaves %s alone',
    (error) => {
      expect(translateDatabaseError(error)).toBe(error);
    },
  );

  it.each([
    [
      new Error('Connection terminated due to connection timeout'),
      'Connection terminated due to connection timeout',
    ],
    [Object.assign(new Error('connect'), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
    [new Error('the password is hunter2'), 'no reason given'],
  ])('says why the server could not be reached: %s', (error, reason) => {
    expect(unreachableReason(error)).toBe(reason);
  });

  it('knows the state, and when trying again helps', () => {
    expect(sqlState(failed({ code: '40P01' }))).toBe('40P01');
    expect(sqlState(failed({ code: 'ECONNRESET' }))).toBeNull();
    expect(sqlState(new Error('no query'))).toBeNull();
    expect([isRetryable(failed({ code: '40P01' })), isRetryable(failed({ code: '40001' }))]).toEqual([
      true,
      true,
    ]);
    expect(isRetryable(failed({ code: '23505' }))).toBe(false);
  });
});
