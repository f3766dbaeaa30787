import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApiDocument } from './document.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-openapi-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What Spectral calls errors, by rule and place. */
async function errorsIn(document: object): Promise<readonly string[]> {
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const args = ['node_modules/.bin/spectral', 'lint', file, '--ruleset', '.spectral.yaml', '--format', 'json'];
  const stdout = await new Promise<string>((resolve) => {
    // It ends with 1 over warnings too, which do not count here.
    execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }, (_failure, output) => {
      resolve(output);
    });
  });
  const found = JSON.parse(stdout) as { code: string; severity: number; path: string[] }[];
  return found.filter(({ severity }) => severity === 0).map(({ code, path }) => `${code} ${path.join('/')}`);
}

it('the description of the API has no errors by the OAS and OWASP rules, which would find some', async () => {
  // One run shows both: a fault of our making is found, and it is the only one.
  const careless = { ...openApiDocument, servers: [{ url: '/' }] };

  expect(await errorsIn(careless)).toEqual(['owasp:api9:2023-inventory-access servers/0']);
  expect(openApiDocument.servers).toEqual([{ url: '/', 'x-internal': true }]);
});
