import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { AppConfig } from '../../config/app-config.js';
import { ConfigurationError } from '../../config/configuration.error.js';
import { dataSourceOptions, openDataSource } from './data-source.js';
import { AllTenantsDatabase } from './all-tenants-database.js';
import { DatabaseQueue } from './database-queue.js';
import { Database } from './database.js';
import type { EmbeddedPostgres } from './embedded/embedded-postgres.js';
import { Sessions } from './sessions.js';
import { requireIsolation } from './tenancy/require-isolation.js';

/** The database, connected and migrated before anything that needs it. Entities of `TypeOrmModule.forFeature` join in. */
@Module({})
export class DatabaseModule {
  /** @param started the embedded database, where it runs already */
  static forRoot({ database, tenancy }: AppConfig, started: EmbeddedPostgres | null = null): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        DiscoveryModule,
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(database),
            autoLoadEntities: true,
            // The embedded database can't be away for a moment.
            toRetry: (error) => database.kind === 'external' && !(error instanceof ConfigurationError),
          }),
          dataSourceFactory: async (options) => {
            const dataSource = await openDataSource(database, options, started);
            if (tenancy.isOn) await requireIsolation(dataSource);
            return dataSource;
          },
        }),
      ],
      providers: [Sessions, Database, DatabaseQueue, AllTenantsDatabase],
      exports: [Database, AllTenantsDatabase, TypeOrmModule],
    };
  }
}
