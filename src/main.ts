import 'reflect-metadata';
import { captureConsole, createLogger } from './common/logging/create-logger.js';
import { exitOnFailure } from './common/process.js';
import { loadConfig, readEnvironment } from './config/load-config.js';
import { startEmbeddedPostgres } from './core/database/embedded/start-embedded-postgres.js';

await exitOnFailure(async () => {
  const config = loadConfig(readEnvironment());
  const logger = await createLogger(config.server.logLevel);
  captureConsole(logger);
  // Loading the modules and opening the database take about as long as each other, and not the same thread.
  const [postgres, { serve }] = await Promise.all([
    startEmbeddedPostgres(config.database),
    import('./serve.js'),
  ]);
  try {
    await serve(config, postgres, logger);
  } catch (error) {
    await postgres?.close();
    throw error;
  }
});
