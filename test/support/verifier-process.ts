import { spawnSync } from 'node:child_process';
import { compileCache } from './compile-cache.ts';

/** What `interlock-verify --json` said. */
export interface Verification {
  readonly exitCode: number | null;
  readonly verdict: string | undefined;
  readonly entries: Readonly<Record<'verified' | 'pruned' | 'missing' | 'mismatch', number>>;
  readonly fields: Readonly<Record<'disclosed' | 'erased' | 'sealed', number>>;
  readonly prunedEntries: readonly (readonly [number, number])[];
  readonly erasedEntries: readonly (readonly [number, number])[];
  readonly problems: readonly {
    readonly state: string;
    readonly code: string;
    readonly index?: number;
    readonly to?: number;
  }[];
  readonly incomplete: readonly string[];
  readonly stderr: string;
}

/** Runs the built verifier as its users do. */
export function verify(...args: readonly string[]): Verification {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'dist/apps/verifier/src/main.js', ...args, '--json'],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...compileCache } },
  );
  const result = (stdout === '' ? {} : JSON.parse(stdout)) as Omit<Verification, 'exitCode' | 'stderr'>;
  return { ...result, exitCode: status, stderr };
}

/** The reasons that were found, each once, with the index where there is one: `body 17`. */
export function reasons({ problems }: Pick<Verification, 'problems'>): readonly string[] {
  const texts = problems.map(({ code, index, to }) =>
    [code, index === undefined ? '' : ` ${index}`, to === undefined ? '' : `-${to}`].join(''),
  );
  return [...new Set(texts)].sort();
}
