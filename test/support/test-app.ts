import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../../src/app.module.js';
import { FastExpressAdapter } from '../../src/common/http/fast-express-adapter.js';
import { type EnvironmentVariables, loadConfig } from '../../src/config/load-config.js';
import { configureApp } from '../../src/configure-app.js';
import { mediaVariables } from './ffmpeg.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** The whole service, listening on a free port, on a database of its own. */
export interface TestApp {
  readonly app: NestExpressApplication;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the service as production does, with these settings. */
export async function startTestApp(variables: EnvironmentVariables = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  try {
    return await startOn(database, variables);
  } catch (error) {
    await database.remove();
    throw error;
  }
}

async function startOn(database: TestDatabase, variables: EnvironmentVariables): Promise<TestApp> {
  const config = loadConfig({
    ...database.variables,
    ...mediaVariables(),
    // Tests that run beside each other make each other late.
    MAX_EVENT_LOOP_LAG_MS: '0',
    ...variables,
  });
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config),
    new FastExpressAdapter(config.server.connections),
    { abortOnError: false, bodyParser: false, logger: ['fatal', 'error'] },
  );
  configureApp(app);
  await app.listen(0, '127.0.0.1');
  return {
    app,
    url: await app.getUrl(),
    close: async () => {
      await app.close();
      await database.remove();
    },
  };
}
