import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorCode } from '../errors/error-code.js';
import { PROBLEM_JSON } from '../errors/problem.js';
import { securityHeadersOfData } from './security-headers.js';

const DETAILS: Partial<Record<number, string>> = {
  400: 'This is not valid HTTP.',
  408: 'The request took too long to arrive.',
  431: 'The headers or the path are too long.',
};

const STATUSES: Partial<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** A listener that answers what never became a request, in the shape of all other errors: Node would send a bare status. */
export function answerClientErrors(): (error: Error, socket: Duplex) => void {
  const securityHeaders = Object.entries(securityHeadersOfData()).map(([name, value]) => `${name}: ${value}`);
  return (error, socket) => {
    answer(error, socket, securityHeaders);
  };
}

function answer(error: Error, socket: Duplex, securityHeaders: readonly string[]): void {
  if (errorCode(error) === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUSES[errorCode(error) ?? ''] ?? 400;
  const requestId = randomUUID();
  const problem = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail: DETAILS[status],
    instance: '',
    request_id: requestId,
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(problem)}`,
    `x-request-id: ${requestId}`,
    'Connection: close',
    ...securityHeaders,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${problem}`);
}
