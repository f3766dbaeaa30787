import { Progress } from './progress.ts';

function shown(isTTY: boolean, total: number, steps: readonly number[]): readonly string[] {
  const texts: string[] = [];
  const write = (text: unknown) => texts.push(String(text)) > 0;
  const progress = new Progress(total, { isTTY, write });
  for (const step of steps) progress.advance(step);
  progress.end();
  return texts;
}

describe('the progress bar', () => {
  it('says nothing where there is no terminal', () => {
    expect(shown(false, 10, [5, 5])).toEqual([]);
  });

  it('is written once per percent and wiped at the end', () => {
    const texts = shown(true, 1_000, [1, 1, 498, 500]);
    expect(texts.map((text) => /(\d+) %/.exec(text)?.[1])).toEqual(['0', '50', '100', undefined]);
    expect(texts[1]).toContain(`${'█'.repeat(15)}${'░'.repeat(15)} 50 % of 1000 entries`);
    expect(texts.at(-1)).toBe('\r\u001b[K');
  });

  it('stands an empty log', () => {
    expect(shown(true, 0, [])).toEqual(['\r\u001b[K']);
  });
});
