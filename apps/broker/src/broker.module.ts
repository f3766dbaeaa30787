import { type Config, ConfigModule } from '#config';
import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.ts';
import { BulkModule } from './bulk/bulk.module.ts';
import { type Collaborators, CollaboratorsModule } from './collaborators.module.ts';
import { ConsoleModule } from './console/console.module.ts';
import { HealthModule } from './health/health.module.ts';
import { HoldsModule } from './holds/holds.module.ts';
import { JobsModule } from './jobs/jobs.module.ts';
import { LogModule } from './log/log.module.ts';
import { MeModule } from './me/me.module.ts';
import { MetricsModule } from './metrics/metrics.module.ts';
import { OpenApiModule } from './openapi/openapi.module.ts';
import { PolicyModule } from './policy/policy.module.ts';
import { SessionModule } from './session/session.module.ts';
import { WellKnownModule } from './well-known/well-known.module.ts';

/** The broker: one module per resource. */
@Module({})
export class BrokerModule {
  static forRoot(config: Config, collaborators: Collaborators): DynamicModule {
    return {
      module: BrokerModule,
      imports: [
        ConfigModule.forRoot(config),
        CollaboratorsModule.forRoot(collaborators),
        JobsModule,
        HoldsModule,
        BulkModule,
        MeModule,
        PolicyModule,
        AuditModule,
        LogModule,
        HealthModule.forRoot(config.metricsPort === undefined),
        MetricsModule.forRoot(config.metricsPort === undefined),
        WellKnownModule.forRoot(config.securityContact),
        OpenApiModule,
        ...(collaborators.console === undefined
          ? []
          : [SessionModule.forRoot(collaborators.console), ConsoleModule.forRoot()]),
      ],
    };
  }
}
