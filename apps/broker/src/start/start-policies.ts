import type { AuditRecorder, PolicyArchive } from '#audit';
import type { Config } from '#config';
import type { Clock } from '#kernel';
import type { Logger } from 'pino';
import type { LoadedPolicy } from '../policy/policy-file.ts';
import { PolicyKeeper } from '../policy/policy-keeper.ts';
import type { Ending } from './ending.ts';

export interface PolicyStart {
  readonly loaded: LoadedPolicy;
  readonly config: Pick<Config, 'policyFile' | 'shadowPolicyFile'>;
  readonly audit: AuditRecorder;
  readonly archive: PolicyArchive;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Keeps the policy's bytes, puts it in force and follows its file, and that of the shadow policy, until the end. */
export async function startPolicies({ config, ...parts }: PolicyStart, ending: Ending): Promise<PolicyKeeper> {
  // Before it judges anything: no entry may cite a policy that nobody can show.
  await parts.archive.keep(Buffer.from(parts.loaded.text));
  const { policyFile, shadowPolicyFile } = config;
  const keeper = new PolicyKeeper({ ...parts, policyFile, shadowPolicyFile });
  const stopping = new AbortController();
  const ended = keeper.keepReloading(stopping.signal);
  ending.add(async () => {
    stopping.abort();
    await ended;
  });
  return keeper;
}
