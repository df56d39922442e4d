import { jest } from '@jest/globals';
import { Deferred } from '../../common/async/deferred.js';
import { StoreCircuit } from './store-circuit.js';

const LIMIT_MS = 40;
const PROBE_INTERVAL_MS = 500;

/** A circuit whose store works, fails or stalls as told, and what it reported. */
class Scene {
  behaviour: 'works' | 'fails' | 'stalls' = 'works';
  readonly reports: unknown[] = [];
  probes = 0;
  calls = 0;

  readonly circuit = new StoreCircuit({
    limitMs: LIMIT_MS,
    probe: () => {
      this.probes += 1;
      return this.behave();
    },
    onOutage: (cause) => this.reports.push(cause instanceof Error ? cause.message : cause),
    onRecovery: (outageMs) => this.reports.push(Math.round(outageMs)),
  });

  call(): Promise<string | undefined> {
    return this.circuit.attempt(() => {
      this.calls += 1;
      return this.behave();
    });
  }

  private behave(): Promise<string> {
    if (this.behaviour === 'stalls') return new Deferred<string>().promise;
    return this.behaviour === 'works' ? Promise.resolve('answer') : Promise.reject(new Error('refused'));
  }
}

describe('StoreCircuit', () => {
  let scene: Scene;

  beforeEach(() => {
    jest.useFakeTimers();
    scene = new Scene();
  });

  afterEach(() => {
    scene.circuit.stop();
    jest.useRealTimers();
  });

  it('passes answers on', async () => {
    await expect(scene.call()).resolves.toBe('answer');
    expect(scene.probes).toBe(0);
  });

  it('gives up on a stalled store after the limit, and skips it from then on', async () => {
    scene.behaviour = 'stalls';
    const answer = scene.call();
    await jest.advanceTimersByTimeAsync(LIMIT_MS + 1);
    await expect(answer).resolves.toBeUndefined();

    for (let count = 0; count < 100; count += 1) await expect(scene.call()).resolves.toBeUndefined();

    expect(scene.calls).toBe(1);
  });

  it('forgives one failure when the probe right after it works', async () => {
    const failing = scene.circuit.attempt(() => Promise.reject(new Error('just this one')));

    await expect(failing).resolves.toBeUndefined();
    await jest.advanceTimersByTimeAsync(0);

    await expect(scene.call()).resolves.toBe('answer');
    expect(scene.probes).toBe(1);
    expect(scene.reports).toEqual([]);
  });

  it('reports an outage once, with its cause, and its end once, with its length', async () => {
    scene.behaviour = 'fails';
    await Promise.all(Array.from({ length: 50 }, () => scene.call()));
    await jest.advanceTimersByTimeAsync(10 * PROBE_INTERVAL_MS);
    await Promise.all(Array.from({ length: 50 }, () => scene.call()));
    expect(scene.circuit.isBroken).toBe(true);
    expect(scene.reports).toEqual(['refused']);

    scene.behaviour = 'works';
    await jest.advanceTimersByTimeAsync(PROBE_INTERVAL_MS);

    expect(scene.circuit.isBroken).toBe(false);
    expect(scene.reports).toEqual(['refused', 11 * PROBE_INTERVAL_MS]);
    await expect(scene.call()).resolves.toBe('answer');
  });

  it('never has more than one probe at a time', async () => {
    scene.behaviour = 'stalls';
    const calls = Promise.all([scene.call(), scene.call(), scene.call()]);
    await jest.advanceTimersByTimeAsync(LIMIT_MS + 1);
    await calls;
    expect(scene.probes).toBe(1);

    await jest.advanceTimersByTimeAsync(3 * (PROBE_INTERVAL_MS + LIMIT_MS + 1));

    expect(scene.probes).toBe(4);
  });

  it('finds an outage by a probe alone', async () => {
    scene.behaviour = 'fails';

    await scene.circuit.probe();

    expect(scene.reports).toEqual(['refused']);
    await expect(scene.call()).resolves.toBeUndefined();
    expect(scene.calls).toBe(0);
  });

  it('is silent and idle once it is stopped, whatever is still under way', async () => {
    scene.behaviour = 'stalls';
    const call = scene.call();
    const probe = scene.circuit.probe();

    scene.circuit.stop();
    await jest.advanceTimersByTimeAsync(10 * PROBE_INTERVAL_MS);
    await Promise.all([call, probe]);

    scene.behaviour = 'works';
    await expect(scene.call()).resolves.toBeUndefined();
    expect(scene.reports).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
