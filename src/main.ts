import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { FastExpressAdapter } from './common/http/fast-express-adapter.js';
import { createLogger, exitOnFailure } from './common/process.js';
import { loadConfig, readEnvironment } from './config/load-config.js';
import { configureApp } from './configure-app.js';

await exitOnFailure(async () => {
  const config = loadConfig(readEnvironment());
  const logger = createLogger(config.server.logLevel);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config),
    new FastExpressAdapter(),
    { abortOnError: false, bodyParser: false, logger },
  );
  configureApp(app).enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  await app.listen(config.server.port, config.server.host);
  logger.log(`Ready at ${await app.getUrl()}; its documentation is at /docs`);
});
