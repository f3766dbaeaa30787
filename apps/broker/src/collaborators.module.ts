import { AuditLog, AuditReview, EvidenceBundles, LogStanding } from '#audit';
import { Clock } from '#kernel';
import { HoldBook } from '#holds';
import { BulkOperations, EntitlementReader, HoldOperations, JobOperations, OutcomeRecorder } from '#operations';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AlarmStandings } from './alarms/alarm-standings.ts';
import { OpenUnknowns } from './audit/open-unknowns.ts';
import { Readiness } from './health/readiness.ts';
import { PolicyKeeper } from './policy/policy-keeper.ts';
import { TimerLateness } from './metrics/timer-lateness.ts';
import { Telemetry } from './telemetry/telemetry.ts';
import type { ConsoleSessions } from './session/console-sessions.ts';
import { ProtectedResource } from './well-known/protected-resource.ts';

/** What the controllers work with. Built before Nest starts, because a start must fail before it listens. */
export interface Collaborators {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly outcomes: OutcomeRecorder;
  readonly holdBook: HoldBook;
  readonly audit: AuditLog;
  readonly standing: LogStanding;
  readonly review: AuditReview;
  readonly evidence: EvidenceBundles;
  readonly operations: JobOperations;
  readonly entitlements: EntitlementReader;
  readonly policies: PolicyKeeper;
  readonly unknowns: OpenUnknowns;
  readonly holds: HoldOperations;
  readonly bulk: BulkOperations;
  readonly lateness: TimerLateness;
  readonly alarms: AlarmStandings;
  readonly readiness: Readiness;
  readonly resource: ProtectedResource;
  /** Undefined: nobody can sign in. */
  readonly console: ConsoleSessions | undefined;
}

/** Offers the collaborators to every module under their own classes. */
@Global()
@Module({})
export class CollaboratorsModule {
  static forRoot(collaborators: Collaborators): DynamicModule {
    const providers = [
      { provide: Clock, useValue: collaborators.clock },
      { provide: Telemetry, useValue: collaborators.telemetry },
      { provide: OutcomeRecorder, useValue: collaborators.outcomes },
      { provide: HoldBook, useValue: collaborators.holdBook },
      { provide: AuditLog, useValue: collaborators.audit },
      { provide: LogStanding, useValue: collaborators.standing },
      { provide: AuditReview, useValue: collaborators.review },
      { provide: EvidenceBundles, useValue: collaborators.evidence },
      { provide: JobOperations, useValue: collaborators.operations },
      { provide: EntitlementReader, useValue: collaborators.entitlements },
      { provide: PolicyKeeper, useValue: collaborators.policies },
      { provide: OpenUnknowns, useValue: collaborators.unknowns },
      { provide: HoldOperations, useValue: collaborators.holds },
      { provide: BulkOperations, useValue: collaborators.bulk },
      { provide: TimerLateness, useValue: collaborators.lateness },
      { provide: AlarmStandings, useValue: collaborators.alarms },
      { provide: Readiness, useValue: collaborators.readiness },
      { provide: ProtectedResource, useValue: collaborators.resource },
    ];
    return { module: CollaboratorsModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
