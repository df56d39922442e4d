import { JobBell } from './job-bell.js';

const LONG_MS = 1_000_000;

describe('JobBell', () => {
  it('wakes who waits', async () => {
    const bell = new JobBell();
    const waiting = bell.wait(LONG_MS);
    bell.ring();
    await waiting;
  });

  it('is heard by who comes later, once', async () => {
    const bell = new JobBell();
    bell.ring();
    bell.ring();
    await bell.wait(LONG_MS);
    const later = bell.wait(LONG_MS).then(() => 'rung');
    expect(await Promise.race([later, Promise.resolve('silent')])).toBe('silent');
    bell.ring();
    await later;
  });

  it('lets nobody wait longer than they want to', async () => {
    await new JobBell().wait(1);
  });
});
