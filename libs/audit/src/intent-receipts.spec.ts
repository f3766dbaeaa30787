import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

describe('receipts of intents', () => {
  it('are issued in one place only, after the commit', () => {
    const mayMention = /\.spec\.ts$|^libs.(?:kernel|testing)\b/;
    const sources = globSync(['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'], { cwd: root }).filter(
      (path) => !mayMention.test(path),
    );
    expect(sources.length).toBeGreaterThan(50);
    const issuing = sources.filter((path) => readFileSync(join(root, path), 'utf8').includes('issueIntentReceipt'));
    expect(issuing).toEqual([join('libs', 'audit', 'src', 'audit-log.ts')]);
  });
});
