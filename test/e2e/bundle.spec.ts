import { globSync, readFileSync } from 'node:fs';
import { isBuiltin, SourceMap, type SourceMapPayload } from 'node:module';
import { join } from 'node:path';
import { dist } from '../support/broker-process.ts';

const bin = `${dist}/bin`;
const textOf = (file: string) => readFileSync(join(bin, file), 'utf8');
const files = globSync('**/*.js', { cwd: bin });

describe('what is shipped', () => {
  it('imports nothing but itself and Node', () => {
    const imported = files.flatMap((file) =>
      [...textOf(file).matchAll(/^(?:import|export)\b[^'"]*?(?:from )?"([^"]+)";$/gm)].map(([, name = '']) => name),
    );

    expect(imported.length).toBeGreaterThan(100);
    expect(imported.filter((name) => !name.startsWith('.') && !isBuiltin(name))).toEqual([]);
  });

  it('tells of an error where in the TypeScript it happened', () => {
    const lines = textOf('broker.js').split('\n');
    const line = lines.findIndex((text) => text.includes('"interlock is ready"'));
    const map = new SourceMap(JSON.parse(textOf('broker.js.map')) as SourceMapPayload);
    const entry = map.findEntry(line, lines[line]?.search(/\S/) ?? -1);

    expect(entry).toMatchObject({ originalSource: expect.stringMatching(/\/apps\/broker\/src\/start\/broker\.ts$/) });
    const source = readFileSync('apps/broker/src/start/broker.ts', 'utf8').split('\n');
    expect('originalLine' in entry && source[entry.originalLine]).toContain('interlock is ready');
  });
});
