import { openApiDocument } from './document.ts';
import type { ApiOperation, ApiPaths } from './operation.ts';

/**
 * The API as one page: rendered once at start, without scripts, so that it works under a policy that forbids them all
 * and in a terminal browser.
 */
export function renderDocsPage(): string {
  const { info, tags } = openApiDocument;
  const paths: ApiPaths = openApiDocument.paths;
  const sections = tags.map(({ name, description }) => {
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.tags.includes(name))
        .map(([method, operation]) => renderOperation(method, path, operation)),
    );
    return `<section><h2 id="${name}">${escape(name)}</h2><p>${escape(description)}</p>${operations.join('')}</section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)} API</title><style>${style}</style></head>
<body><h1>${escape(info.title)} API</h1><p>${escape(info.description)}</p>
<p>Machine-readable: <a href="/openapi.json">/openapi.json</a></p>${sections.join('')}</body></html>`;
}

function renderOperation(method: string, path: string, operation: ApiOperation): string {
  const parameters = (operation.parameters ?? []).map(
    (parameter) =>
      `<tr><td><code>${escape(parameter.name)}</code></td><td>${parameter.in}${parameter.required ? ', required' : ''}</td><td>${escape(parameter.description)}</td></tr>`,
  );
  const body = operation.requestBody?.content['application/json'];
  return `<article id="${operation.operationId}"><h3><span>${method.toUpperCase()}</span> <code>${escape(path)}</code></h3>
<p>${escape(operation.summary)}. ${escape(operation.description ?? '')}</p>
<p>${neededFor(operation)}</p>
${parameters.length > 0 ? `<table><tbody>${parameters.join('')}</tbody></table>` : ''}
${body === undefined ? '' : `<details><summary>Body</summary><pre>${escape(JSON.stringify(body, null, 2))}</pre></details>`}
<p>Replies: ${Object.keys(operation.responses).join(', ')}</p></article>`;
}

function neededFor({ security: [scheme] }: ApiOperation): string {
  if (scheme === undefined) return 'Open to everybody.';
  const [right] = Object.values(scheme).flat();
  return right === undefined ? 'Needs a token, no right.' : `Needs the right <code>${escape(right)}</code>.`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 1px solid #8884; padding: .5rem 0; }
h3 span { font-size: .8em; padding: .1em .5em; border: 1px solid; border-radius: .3em; }
code, pre { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; } td { padding: .2rem .8rem .2rem 0; vertical-align: top; }
`;
