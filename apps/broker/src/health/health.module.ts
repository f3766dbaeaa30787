import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './health.controller.ts';
import { ShownHealth } from './shown-health.ts';

@Module({})
export class HealthModule {
  /** `withChecks`: callers' port tells each check and its reason, and not only whether all is well. */
  static forRoot(withChecks: boolean): DynamicModule {
    const shown = { provide: ShownHealth, useValue: new ShownHealth(withChecks) };
    return { module: HealthModule, controllers: [HealthController], providers: [shown] };
  }
}
