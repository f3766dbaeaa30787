import { Module } from '@nestjs/common';
import { BrokerMetrics } from './broker-metrics.ts';
import { MetricsController } from './metrics.controller.ts';

@Module({ controllers: [MetricsController], providers: [BrokerMetrics] })
export class MetricsModule {}
