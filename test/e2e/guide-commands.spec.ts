import { run } from '../../apps/cli/src/program.ts';
import { blocksOf } from '../support/guide.ts';

describe('the commands of interlock in the guides', () => {
  it.each(['getting-started-azure.md', 'kubernetes.md'])('exist with their options: %s', async (guide) => {
    const told = blocksOf(guide, '(?:sh|console)').flatMap((block) => [
      ...block.replaceAll('\\\n', ' ').matchAll(/dist\/bin\/interlock\.js (.*)$/gm),
    ]);

    expect(told.length).toBeGreaterThan(0);
    for (const [, words = ''] of told) {
      const wrong: string[] = [];
      const code = await run([...words.split(/\s+/), '--help'], {
        out: () => undefined,
        error: (text) => wrong.push(text),
      });
      expect({ words, code, wrong }).toEqual({ words, code: 0, wrong: [] });
    }
  });
});
