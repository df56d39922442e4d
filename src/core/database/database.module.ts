import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { AppConfig } from '../../config/app-config.js';
import { dataSourceOptions, openDataSource } from './data-source.js';
import { Database } from './database.js';
import { DataDirectoryInUseError } from './embedded/data-directory-in-use.error.js';

/** The database, connected and migrated before anything that needs it. Entities of `TypeOrmModule.forFeature` join in. */
@Module({})
export class DatabaseModule {
  static forRoot({ database }: AppConfig): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(database),
            autoLoadEntities: true,
            toRetry: (error: unknown) => !(error instanceof DataDirectoryInUseError),
          }),
          dataSourceFactory: (options) => openDataSource(database, options),
        }),
      ],
      providers: [Database],
      exports: [Database, TypeOrmModule],
    };
  }
}
