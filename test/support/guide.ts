import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Stands for programs that would reach a network, or that not every machine has. */
const standIns = String.raw`
curl() { echo '{"access_token":"token-of-the-stand-in"}'; }
envsubst() { '${process.execPath}' -e 'process.stdout.write(require("node:fs").readFileSync(0, "utf8").replaceAll(/[$]([A-Z_]+)/g, (_, name) => process.env[name] ?? ""))'; }
`;

/** The code blocks of a page of docs/, in their order. */
export function blocksOf(page: string, language: string): readonly string[] {
  const text = readFileSync(join('docs', page), 'utf8');
  const blocks = text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^\\1\`\`\`$`, 'gm'));
  return [...blocks].map(([, indent = '', code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/**
 * Runs shell blocks as one script in `folder`, where docker/ is that of the checkout. `prelude` defines what stands for
 * further programs. Rejects when a command fails.
 */
export async function runGuide(
  blocks: readonly string[],
  folder: string,
  prelude: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  symlinkSync(resolve('docker'), join(folder, 'docker'));
  const env = { ...variables, PATH: process.env['PATH'] ?? '' };
  await promisify(execFile)('sh', ['-c', [standIns, prelude, ...blocks].join('\n')], { cwd: folder, env });
}
