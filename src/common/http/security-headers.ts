import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';

const DOCS = /^\/(?:docs|redoc)(?:\/|$)/u;
const NOTHING = ["'none'"];
const OWN = ["'self'"];

/**
 * Middleware that tells browsers what they may do with answers: nothing, but for the documentation, which may use files
 * of the service's own. How requests came here, HTTPS or not, is for the proxy to know, and so is
 * `Strict-Transport-Security`.
 */
export function securityHeaders(): RequestHandler {
  const forData = helmetForData();
  const forDocs = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NOTHING,
        scriptSrc: OWN,
        connectSrc: OWN,
        fontSrc: [...OWN, 'data:'],
        imgSrc: [...OWN, 'data:'],
        // Both pages style their elements one by one, and ReDoc searches in a worker.
        styleSrc: [...OWN, "'unsafe-inline'"],
        workerSrc: [...OWN, 'blob:'],
        frameAncestors: NOTHING,
        baseUri: NOTHING,
        formAction: OWN,
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: false,
  });
  return (request, response, next) => {
    (DOCS.test(request.path) ? forDocs : forData)(request, response, next);
  };
}

/** The headers of answers that are no documentation, for those who write answers by themselves. */
export function securityHeadersOfData(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const collector = {
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
    removeHeader: () => undefined,
  };
  helmetForData()({} as IncomingMessage, collector as unknown as ServerResponse, () => undefined);
  return headers;
}

function helmetForData() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: NOTHING, frameAncestors: NOTHING, baseUri: NOTHING, formAction: NOTHING },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: false,
  });
}
