import type { NextFunction, Request, Response } from 'express';
import { currentRequest, currentRequestId, requestContext, withCaller } from './request-context.js';

function handle(headers: Record<string, string | string[]>) {
  const answered = new Map<string, unknown>();
  const response = { setHeader: (name: string, value: unknown) => answered.set(name, value) };
  let seen = currentRequest();
  const next: NextFunction = () => {
    seen = currentRequest();
  };
  requestContext({ headers, path: '/here' } as unknown as Request, response as unknown as Response, next);
  return { id: answered.get('x-request-id'), seen };
}

describe('requestContext', () => {
  it("keeps the caller's id and trace while the request is handled", () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { id, seen } = handle({ 'x-request-id': 'abc-1.2:3_4', traceparent });
    expect(id).toBe('abc-1.2:3_4');
    expect(seen).toEqual({
      requestId: 'abc-1.2:3_4',
      path: '/here',
      traceparent,
      caller: null,
      tenant: null,
    });
    expect(currentRequest()).toBeNull();
  });

  it.each([['two words'], ['x'.repeat(129)], [''], ['a\r\nb'], [['a', 'b']], ['<script>']])(
    'replaces the insane id %j',
    (sent) => {
      const { id, seen } = handle({ 'x-request-id': sent });
      expect(id).toMatch(/^[\da-f-]{36}$/u);
      expect(seen?.requestId).toBe(id);
    },
  );

  it.each([
    ['nonsense'],
    ['00-00000000000000000000000000000000-b7ad6b7169203331-01'],
    ['00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01'],
  ])('ignores the trace %s', (traceparent) => {
    expect(handle({ traceparent }).seen?.traceparent).toBeNull();
  });

  it('knows the caller from then on, within a request only', () => {
    const caller = { name: 'shop', kind: 'api-key', tenant: null } as const;
    const response = { setHeader: () => undefined } as unknown as Response;
    let seen = currentRequest()?.caller;
    requestContext({ headers: {} } as unknown as Request, response, () => {
      withCaller(caller, () => {
        seen = currentRequest()?.caller;
      });
    });
    expect(seen).toEqual(caller);
    expect(() => {
      withCaller(caller, () => undefined);
    }).toThrow('no request');
  });

  it('has an id to offer outside of a request too', () => {
    expect(currentRequestId()).not.toBe(currentRequestId());
  });
});
