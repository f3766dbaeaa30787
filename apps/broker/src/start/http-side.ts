import { AuditReview, EvidenceBundles } from '#audit';
import { EntitlementReader } from '#operations';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ErrorReply } from '../edge/error-reply.ts';
import { createHttpApplication } from '../edge/http-application.ts';
import type { Readiness } from '../health/readiness.ts';
import type { Foundation } from './foundation.ts';
import type { Identities } from './identities.ts';
import { protectedResourceOf } from './protected-resource-of.ts';
import type { Services } from './services.ts';

/** The HTTP application over all of it. Does not listen yet. */
export function buildHttpSide(
  foundation: Foundation,
  services: Services,
  identities: Identities,
  readiness: Readiness,
): Promise<NestFastifyApplication> {
  const { configuration, endpoints, clock, logger: log, telemetry, store, audit, policies } = foundation;
  const { config, secrets } = configuration;
  const { outcomes, refusals, reconciling, limiting, holding, working } = services;
  const { verifier, console } = identities;
  const search = store.search(config.log.origin);
  const resource = protectedResourceOf(config, endpoints.authorityHost);
  return createHttpApplication(
    config,
    secrets,
    {
      clock,
      telemetry,
      outcomes,
      holdBook: holding.holds,
      audit,
      standing: foundation.anchoring.standing,
      review: new AuditReview(audit, search),
      evidence: new EvidenceBundles({ log: audit, search, policies: store.policies, clock }),
      resource,
      console,
      entitlements: new EntitlementReader(policies.live.current, clock),
      policies,
      unknowns: reconciling.unknowns,
      holds: holding.operations,
      lateness: holding.lateness,
      alarms: foundation.alarming.standings,
      readiness,
      operations: working.operations,
      bulk: working.bulk,
    },
    {
      verifier,
      sessions: console?.authentication,
      limits: limiting.limits,
      idempotent: limiting.idempotent,
      errorReply: new ErrorReply(refusals, clock, log, resource.metadataUrl),
      telemetry,
      clock,
      log,
    },
  );
}
