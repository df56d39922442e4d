import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { FastExpressAdapter } from './common/http/fast-express-adapter.js';
import { loadConfig, readEnvironment } from './config/load-config.js';
const config = loadConfig(readEnvironment());
const app = await NestFactory.create(AppModule.forRoot(config), new FastExpressAdapter());
app.enableShutdownHooks(undefined, { useProcessExit: true });
await app.listen(config.server.port, config.server.host);
