import type { AuditRecorder, PolicyArchive } from '#audit';
import type { Clock } from '#kernel';
import { ShadowPolicy } from '#operations';
import type { Logger } from 'pino';
import type { ReadinessCheck } from '../health/readiness-check.ts';
import { LivePolicy } from './live-policy.ts';
import type { LoadedPolicy } from './policy-file.ts';
import { PolicyReloader } from './policy-reloader.ts';
import { type FolderWatcher, keepReloading } from './policy-watch.ts';

export interface KeeperParts {
  readonly loaded: LoadedPolicy;
  readonly policyFile: string;
  /** Absent: nothing is on trial. */
  readonly shadowPolicyFile?: string | undefined;
  readonly audit: Pick<AuditRecorder, 'record'>;
  readonly archive: Pick<PolicyArchive, 'keep'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly watcher?: FolderWatcher;
}

/** Keeps the policies of a running broker, the one in force and the one on trial, as their files say. */
export class PolicyKeeper {
  readonly live: LivePolicy;
  readonly shadow: ShadowPolicy;
  readonly reloader: PolicyReloader;
  readonly shadowReloader: PolicyReloader | undefined;
  readonly #parts: KeeperParts;
  #onTrial: LoadedPolicy | undefined;

  constructor(parts: KeeperParts) {
    const { loaded, policyFile, shadowPolicyFile, clock, log } = parts;
    this.#parts = parts;
    this.live = new LivePolicy(loaded, clock.now());
    this.shadow = new ShadowPolicy(() => this.#onTrial?.policy);
    const current = (): string => this.live.current().sha256;
    const adopt = (next: LoadedPolicy): Promise<void> => this.#adopt(next);
    this.reloader = new PolicyReloader({ file: policyFile, title: 'policy', log, current, adopt });
    if (shadowPolicyFile === undefined) return;
    this.shadowReloader = new PolicyReloader({
      file: shadowPolicyFile,
      title: 'shadow policy',
      log,
      current: () => this.#onTrial?.policy.sha256,
      adopt: (next) => {
        this.#onTrial = next;
        return Promise.resolve();
      },
    });
  }

  /** Digest of the policy on trial; undefined when there is none, or none that could be read yet. */
  get shadowSha256(): string | undefined {
    return this.#onTrial?.policy.sha256;
  }

  /** Reads both files. Never rejects. */
  async reload(): Promise<void> {
    await Promise.all([this.reloader.reload(), this.shadowReloader?.reload()]);
  }

  /** Follows both files until the signal is aborted. */
  async keepReloading(signal: AbortSignal): Promise<void> {
    const { clock, watcher, policyFile, shadowPolicyFile } = this.#parts;
    const follow = (file: string, reload: () => Promise<void>): Promise<void> =>
      keepReloading({ file, clock, reload, ...(watcher !== undefined && { watcher }) }, signal);
    await Promise.all([
      follow(policyFile, () => this.reloader.reload()),
      shadowPolicyFile !== undefined && follow(shadowPolicyFile, async () => this.shadowReloader?.reload()),
    ]);
  }

  /** For readiness: a broken file keeps nobody from being served, because the policy before stays in force. */
  check(): ReadinessCheck {
    const detail = this.live.current().sha256;
    const { trouble } = this.reloader;
    if (trouble !== undefined) return { status: 'warning', detail: `${trouble}: ${detail} stays in force` };
    if (this.shadowReloader?.trouble === undefined) return { status: 'ok', detail };
    return { status: 'warning', detail: `shadow_policy_rejected: only the shadow policy; ${detail} is in force` };
  }

  /** Whoever reads the log must find the new policy named, and its bytes kept, before its first decision. */
  async #adopt(next: LoadedPolicy): Promise<void> {
    const { audit, archive, clock } = this.#parts;
    await archive.keep(Buffer.from(next.text));
    const previousSha256 = this.live.current().sha256;
    await audit.record({ type: 'policy.changed', previousSha256, policySha256: next.policy.sha256 });
    this.live.replace(next, clock.now());
  }
}
