import { Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Authentication } from './common/auth/authentication.js';
import { ProblemFilter } from './common/errors/problem.filter.js';
import { Drain } from './common/http/drain.js';
import { LoadShedding } from './common/http/load-shedding.js';
import { readJson } from './common/http/read-json.js';
import { refuseDeleteOfFolder } from './common/http/refuse-delete-of-folder.js';
import { requireDecodablePath } from './common/http/require-decodable-path.js';
import { requireHost } from './common/http/require-host.js';
import { requireJson } from './common/http/require-json.js';
import { requestContext } from './common/http/request-context.js';
import { measureOverhead } from './common/http/overhead.js';
import { openResponseHeaders } from './common/http/response-headers.js';
import { translateParserError } from './common/http/translate-parser-error.js';
import { MediaTypeGuard } from './common/http/uploads/media-type.guard.js';
import { RequestValidationPipe } from './common/validation/request-validation.pipe.js';
import { Tenancy } from './common/tenancy/tenancy.js';
import { AppConfig } from './config/app-config.js';
import { RateLimits } from './core/limits/rate-limits.js';
import { HttpMetrics } from './common/metrics/http-metrics.js';
import { serveDocs } from './docs/serve-docs.js';

/** Everything about HTTP that is not a capability's own: the same in production and in end-to-end tests. */
export function configureApp(app: NestExpressApplication): NestExpressApplication {
  const { server } = app.get(AppConfig);
  app.use(requestContext);
  app.use(app.get(HttpMetrics).middleware);
  app.use(app.get(LoadShedding).middleware);
  app.use(measureOverhead);
  app.use(openResponseHeaders);
  app.use(app.get(Drain).middleware);
  app.use(requireHost);
  app.use(requireDecodablePath);
  app.use(app.get(Authentication).middleware);
  app.use(app.get(Tenancy).middleware);
  app.use(app.get(RateLimits).middleware);
  app.use(refuseDeleteOfFolder);
  app.use(requireJson);
  app.use(readJson(server.maxBodyBytes));
  app.use(translateParserError);
  app.setGlobalPrefix('api/v1', { exclude: ['health', 'ready', 'metrics'] });
  app.useGlobalGuards(new MediaTypeGuard(app.get(Reflector)));
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  serveDocs(app);
  return app;
}
