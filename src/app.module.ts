import { type DynamicModule, Module } from '@nestjs/common';
import { AppConfigModule } from './config/app-config.module.js';
import type { AppConfig } from './config/app-config.js';
import { DatabaseModule } from './core/database/database.module.js';

@Module({ imports: [] })
export class AppModule {
  static forRoot(config: AppConfig): DynamicModule {
    return { module: AppModule, imports: [AppConfigModule.forRoot(config), DatabaseModule.forRoot(config)] };
  }
}
