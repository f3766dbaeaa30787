import { type DynamicModule, Module } from '@nestjs/common';
import { BrokerMetrics } from './broker-metrics.ts';
import { MetricsController } from './metrics.controller.ts';

@Module({})
export class MetricsModule {
  /** `isPublic`: callers' port shows the metrics too. */
  static forRoot(isPublic: boolean): DynamicModule {
    return { module: MetricsModule, controllers: isPublic ? [MetricsController] : [], providers: [BrokerMetrics] };
  }
}
