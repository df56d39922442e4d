import type { RequestHandler } from 'express';
import helmet from 'helmet';

const DOCS = /^\/(?:docs|redoc)(?:\/|$)/u;
const NOTHING = ["'none'"];
const OWN = ["'self'"];

/**
 * Middleware that tells browsers what they may do with answers: nothing, but for the documentation, which may use files
 * of the service's own. How requests came here, HTTPS or not, is for the proxy to know, and so is
 * `Strict-Transport-Security`.
 */
export function securityHeaders(): RequestHandler {
  const forData = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: NOTHING, frameAncestors: NOTHING, baseUri: NOTHING, formAction: NOTHING },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: false,
  });
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
