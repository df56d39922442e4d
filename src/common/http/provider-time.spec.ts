import { beginProviderCall, currentProviderTimes, ProviderTime, whileWaiting } from './provider-time.js';

describe('ProviderTime', () => {
  it('counts what overlaps once, and what is between two calls not at all', () => {
    let now = 0;
    const time = new ProviderTime(() => now);
    const at = (moment: number, change: () => void): void => {
      now = moment;
      change();
    };
    at(10, () => {
      time.begin();
    });
    at(15, () => {
      time.begin();
    });
    at(20, () => {
      time.end();
    });
    at(30, () => {
      time.end();
    });
    at(50, () => {
      time.begin();
    });
    now = 55;
    expect(time.milliseconds).toBe(25);
    at(60, () => {
      time.end();
    });
    now = 100;
    expect(time.milliseconds).toBe(30);
  });

  it('counts a call for everybody who waits for it, and nobody outside of requests', () => {
    let now = 0;
    const times = [new ProviderTime(() => now), new ProviderTime(() => now)];
    const end = whileWaiting(times, beginProviderCall);
    now = 7;
    end();
    expect(times.map(({ milliseconds }) => milliseconds)).toEqual([7, 7]);
    expect(currentProviderTimes()).toEqual([]);
    beginProviderCall()();
  });
});
