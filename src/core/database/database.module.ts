import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { AppConfig } from '../../config/app-config.js';
import { dataSourceOptions, openDataSource } from './data-source.js';
import { Database } from './database.js';
import type { EmbeddedPostgres } from './embedded/embedded-postgres.js';

/** The database, connected and migrated before anything that needs it. Entities of `TypeOrmModule.forFeature` join in. */
@Module({})
export class DatabaseModule {
  /** @param started the embedded database, where it runs already */
  static forRoot({ database }: AppConfig, started: EmbeddedPostgres | null = null): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(database),
            autoLoadEntities: true,
            // The embedded database can't be away for a moment.
            toRetry: () => database.kind === 'external',
          }),
          dataSourceFactory: (options) => openDataSource(database, options, started),
        }),
      ],
      providers: [Database],
      exports: [Database, TypeOrmModule],
    };
  }
}
