import type { ChatModelDescriptor } from '../chat-model.js';
import { ContextRoom } from './context-room.js';

const signal = new AbortController().signal;
const descriptor: ChatModelDescriptor = {
  id: 'small',
  provider: 'openai',
  contextTokens: 10_000,
  maxOutputTokens: 2000,
  pricePerMillionInputTokens: null,
  pricePerMillionOutputTokens: null,
  retiresOn: null,
};

describe('ContextRoom', () => {
  it('leaves what the answer and the instructions do not take, with a margin', async () => {
    const room = new ContextRoom(descriptor);
    await expect(room.beside([], 1000, signal)).resolves.toBe(9000 * 0.75 - 100);
    await expect(room.beside(['one two three', 'four'], 1000, signal)).resolves.toBe(9000 * 0.75 - 104);
  });

  it('keeps no more for the answer than the model can write', async () => {
    await expect(new ContextRoom(descriptor).beside([], 50_000, signal)).resolves.toBe(8000 * 0.75 - 100);
  });

  it('keeps a usual length for an answer without a limit', async () => {
    const room = new ContextRoom({ ...descriptor, maxOutputTokens: null });
    await expect(room.beside([], undefined, signal)).resolves.toBe(6000 * 0.75 - 100);
  });

  it('can be used up', async () => {
    const room = new ContextRoom({ ...descriptor, maxOutputTokens: null });
    expect(await room.beside([], 50_000, signal)).toBeLessThan(0);
  });
});
