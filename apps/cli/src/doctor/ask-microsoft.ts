import type { AuditLog } from '#audit';
import { buildVersion, type Configuration, graphCredential } from '#config';
import { connectGraph, endpointsOf, type GraphConnection, type GraphEndpoints, probeAuthority } from '#graph';
import type { Clock } from '#kernel';
import { OutcomeRecorder, SelfCheck, type SelfKnowledge } from '#operations';
import { JobCatalog, type Policy } from '#policy';
import { authorityFinding, clockFinding, reachFinding } from './check-authority.ts';
import { checkToken, graphFinding, graphTime, ownershipFindings, rolesFindings } from './check-standing.ts';
import type { Finding } from './finding.ts';
import { probeOnRecord } from './probe-on-record.ts';
import { Remedies } from './remedies.ts';

/** What the questions to Microsoft are asked with. */
export interface Question {
  readonly configuration: Configuration;
  /** Absent when it cannot be read: then nobody knows what should be owned. */
  readonly policy: Policy | undefined;
  /** Where questions to Graph are recorded before they are asked; without it Graph is not asked. */
  readonly audit: AuditLog | undefined;
  readonly clock: Clock;
}

/** What Entra and Graph say about us. Entra's public metadata and a token are asked for as the broker asks for them. */
export async function askMicrosoft(question: Question): Promise<readonly Finding[]> {
  const { configuration, audit, clock } = question;
  const { microsoft } = configuration.config;
  const endpoints = endpointsOf(microsoft.cloud, microsoft);
  const remedies = new Remedies(microsoft.cloud, microsoft.clientId);
  const authority = await probeAuthority(endpoints, microsoft.tenantId);
  const credential = graphCredential(configuration);
  const graph = await connectGraph({ endpoints, credential, version: buildVersion }, clock);
  try {
    const authorityTime = authority.reached ? authority.date : undefined;
    const found: Finding[] = [authorityFinding(endpoints, authority, clock.now())];
    // Where Entra told no time, Graph's first reply may.
    if (authorityTime !== undefined) found.push(clockFinding(authorityTime, clock.now()));
    const token = await checkToken(graph.tokens, remedies);
    found.push(token);
    const knowledge = audit && (await askGraph(question, graph, endpoints, audit, token.level === 'ok', found));
    if (authorityTime === undefined) found.push(clockFinding(knowledge && graphTime(knowledge), clock.now()));
    if (knowledge === undefined) return found;
    found.push(graphFinding(knowledge, remedies), ...rolesFindings(knowledge, microsoft.allowedRoles, remedies));
    const { policy } = question;
    return policy === undefined ? found : [...found, ...ownershipFindings(knowledge, policy.catalog, remedies)];
  } finally {
    await graph.close();
  }
}

/** Each byte to Graph has its intent in the log first. Undefined when Graph cannot be reached or there is no token. */
async function askGraph(
  { configuration, policy, clock }: Question,
  { directory, tokens }: GraphConnection,
  endpoints: GraphEndpoints,
  audit: AuditLog,
  hasToken: boolean,
  found: Finding[],
): Promise<SelfKnowledge | undefined> {
  const { clientId, allowedRoles } = configuration.config.microsoft;
  const reach = await probeOnRecord(endpoints, audit);
  found.push(reachFinding('graph', endpoints.graphRoot, reach, clock.now()));
  if (!reach.reached || !hasToken) return undefined;
  const outcomes = new OutcomeRecorder(audit, clock);
  const catalog = policy?.catalog ?? new JobCatalog([]);
  try {
    return await new SelfCheck({
      audit,
      outcomes,
      directory,
      tokens,
      clock,
      clientId,
      allowedRoles,
      catalog: () => catalog,
    }).run();
  } finally {
    await outcomes.close();
  }
}
