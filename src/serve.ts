import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { END_SIGNALS, endInTime, endOnFault } from './common/process-end.js';
import { Authentication } from './common/auth/authentication.js';
import { FastExpressAdapter } from './common/http/fast-express-adapter.js';
import { errorCode } from './common/errors/error-code.js';
import { PortInUseError } from './common/http/port-in-use.error.js';
import { AppConfig } from './config/app-config.js';
import { configureApp } from './configure-app.js';
import type { EmbeddedPostgres } from './core/database/embedded/embedded-postgres.js';

const OPEN_TO_ALL =
  'Whoever reaches this address may use the service: HOST is not a loopback address, and neither API_KEYS nor ' +
  'JWT_JWKS_URL is set.';

/** Runs the service until the process is told to end. */
export async function serve(
  config: AppConfig,
  postgres: EmbeddedPostgres | null,
  logger: LoggerService,
): Promise<void> {
  endOnFault(logger);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config, postgres),
    new FastExpressAdapter(config.server.connections),
    { abortOnError: false, bodyParser: false, logger },
  );
  configureApp(app).enableShutdownHooks([...END_SIGNALS], { useProcessExit: true });
  endInTime(config.server, logger);
  try {
    await app.listen(config.server.port, config.server.host);
  } catch (error) {
    await app.close();
    throw errorCode(error) === 'EADDRINUSE' ? new PortInUseError(config.server) : error;
  }
  if (!isProtected(app)) logger.warn(OPEN_TO_ALL);
  logger.log(`Ready at ${await app.getUrl()}; its documentation is at /docs`);
}

function isProtected(app: NestExpressApplication): boolean {
  const { host } = app.get(AppConfig).server;
  return (
    app.get(Authentication).isRequired || host === 'localhost' || host === '::1' || host.startsWith('127.')
  );
}
