// Writes the files that are generated from code; with --check it only compares and fails when one is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypes, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { settings } from '#config';
import { policyJsonSchema } from '#policy';
import { faultMatrix } from '../test/e2e/fault-matrix.ts';
import { failuresPage } from './failures-page.ts';

type DocumentModule = typeof import('../apps/broker/src/openapi/document.ts');

const built = new URL('../dist/apps/broker/src/openapi/document.js', import.meta.url);
const { openApiDocument } = (await import(built.href)) as DocumentModule;

const generated = {
  'docs/openapi.json': `${JSON.stringify(openApiDocument, null, 2)}\n`,
  'apps/console/src/api/schema.ts':
    '// Generated from the OpenAPI document by `npm run generate`, so as long as the API is wide. Do not edit.\n' +
    astToString(await openapiTypes(JSON.stringify(openApiDocument))),
  'docs/policy.schema.json': `${JSON.stringify(policyJsonSchema(), null, 2)}\n`,
  'docs/configuration.md': await formatted(
    'docs/configuration.md',
    configurationPage(readFileSync('docs/configuration.md', 'utf8')),
  ),
  'docs/failures.md': await formatted('docs/failures.md', failuresPage(faultMatrix)),
};

const checking = process.argv.includes('--check');
const stale = Object.entries(generated).filter(
  ([file, content]) => readFileSync(file, { encoding: 'utf8', flag: 'a+' }) !== content,
);
for (const [file, content] of stale) if (!checking) writeFileSync(file, content);
if (checking && stale.length > 0) {
  console.error(`Stale: ${stale.map(([file]) => file).join(', ')}. Run "npm run generate" and commit the result.`);
  process.exit(1);
}
console.log(
  stale.length === 0 ? 'Generated files are up to date.' : `Wrote ${stale.map(([file]) => file).join(', ')}.`,
);

/** Puts the table of settings between its marks; the prose around it is written by hand. */
function configurationPage(page: string): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const standard = 'default' in setting ? `\`${setting.default}\`` : '';
    const secret = 'secret' in setting ? ' **Secret.**' : '';
    return `| \`${name}\` | ${escape(setting.meaning)}.${secret} | ${escape(setting.form)} | ${standard} |`;
  });
  const table = ['| variable | meaning | form | default |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return page.replace(/(<!-- settings -->\n)[^]*(<!-- end of settings -->)/, `$1\n${table}\n\n$2`);
}

/** As `npm run check` wants the file, so that generating and formatting do not undo each other. */
async function formatted(file: string, content: string): Promise<string> {
  return format(content, { ...(await resolveConfig(file)), filepath: file });
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
