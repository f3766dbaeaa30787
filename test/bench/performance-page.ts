import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const page = new URL('../../docs/performance.md', import.meta.url);
const empty = `# Performance

Figures of \`npm run bench\`, written by \`npm run bench -- <scenario> --write\`. Each section tells on what machine and under which load it was measured.
`;

/** Puts the section of a scenario in place of its last one, or at the end of docs/performance.md. */
export function writeSection(scenario: string, text: string): void {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : empty;
  writeFileSync(page, withSection(before, scenario, text));
}

/** The page with the scenario's section, which stands between two marks. */
export function withSection(before: string, scenario: string, text: string): string {
  const [begin, end] = [`<!-- bench:${scenario} -->`, `<!-- /bench:${scenario} -->`];
  const section = `${begin}\n\n${text.trim()}\n\n${end}`;
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from < 0 || to < from) return `${before.trimEnd()}\n\n${section}\n`;
  return before.slice(0, from) + section + before.slice(to + end.length);
}
