import { jest } from '@jest/globals';

/**
 * For files that hold the service to a time: whoever shares the processors may cost a test its time once, but not three
 * times in a row.
 */
export function allowForBusyMachine(): void {
  jest.retryTimes(2, { logErrorsBeforeRetry: true });
}
