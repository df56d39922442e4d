import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { openResponseHeaders } from '../../common/http/response-headers.js';
import { chatDefinitionOf } from './chat-model-definition.js';
import { RetirementNotices } from './retirement-notices.js';

function headersOf(work: () => void, headersSent = false): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = {
    headersSent,
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
  };
  openResponseHeaders({} as Request, response as unknown as Response, work as NextFunction);
  return headers;
}

const retiring = chatDefinitionOf({ provider: 'openai', name: 'gpt-5.1' }).descriptor;
const staying = chatDefinitionOf({ provider: 'openai', name: 'gpt-6.1-terra' }).descriptor;

describe('RetirementNotices', () => {
  it('says it in the headers each time and in the log once', () => {
    const logged: unknown[] = [];
    Logger.overrideLogger({
      log: () => undefined,
      error: () => undefined,
      warn: (line: unknown) => logged.push(line),
    });
    const notices = new RetirementNotices();
    const note = () => {
      notices.note(retiring);
    };

    const headers = [headersOf(note), headersOf(note)];

    Logger.overrideLogger(['error']);
    expect(headers).toEqual([
      { Deprecation: '@1795478400', Sunset: 'Thu, 01 Apr 2027 00:00:00 GMT' },
      { Deprecation: '@1795478400', Sunset: 'Thu, 01 Apr 2027 00:00:00 GMT' },
    ]);
    expect(logged).toEqual([
      'gpt-5.1 will be switched off by its provider on 2027-04-01; choose another model.',
    ]);
  });

  it('says nothing of other models, too late, or outside of a request', () => {
    const notices = new RetirementNotices();
    expect(
      headersOf(() => {
        notices.note(staying);
      }),
    ).toEqual({});
    expect(
      headersOf(() => {
        notices.note(retiring);
      }, true),
    ).toEqual({});
    expect(() => {
      notices.note(retiring);
    }).not.toThrow();
  });
});
