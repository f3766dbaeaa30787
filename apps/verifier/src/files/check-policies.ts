import type { Report } from '../report/report.ts';
import { sha256 } from '../tree/hash.ts';
import type { BundleFiles } from './bundle-files.ts';

const policyPath = /^policies\/([0-9a-f]{64})\.yaml$/;

/** Checks that each policy file has the SHA-256 of its name, and that those which entries name are there. */
export async function checkPolicies(
  bundle: BundleFiles,
  paths: ReadonlySet<string>,
  named: ReadonlySet<string>,
  report: Report,
): Promise<void> {
  const kept = new Set<string>();
  for (const path of paths) {
    const name = policyPath.exec(path)?.[1];
    if (name === undefined) continue;
    kept.add(name);
    if (sha256(await bundle.bytes(path)).toString('hex') !== name) {
      report.problem('policy', `${path} does not have the SHA-256 of its name`);
    }
  }
  for (const name of named) if (!kept.has(name)) report.lacks(`the policy ${name} is not in the bundle`);
}
