import { TimeSlice } from './time-slice.js';

describe('TimeSlice', () => {
  it('lets other work run once the slice is over', async () => {
    const slice = new TimeSlice(0);
    let hasRun = false;
    setImmediate(() => {
      hasRun = true;
    });

    await slice.breathe();

    expect(hasRun).toBe(true);
  });

  it('says whether it is over', () => {
    expect(new TimeSlice(0).isOver).toBe(true);
    expect(new TimeSlice(60_000).isOver).toBe(false);
  });

  it('goes on at once while the slice lasts', async () => {
    const slice = new TimeSlice(60_000);
    let hasRun = false;
    setImmediate(() => {
      hasRun = true;
    });

    await slice.breathe();

    expect(hasRun).toBe(false);
  });
});
