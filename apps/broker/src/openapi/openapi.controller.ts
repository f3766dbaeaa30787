import { createHash } from 'node:crypto';
import { Public } from '#auth';
import { Controller, Get, Header } from '@nestjs/common';
import { renderDocsPage } from './docs-page.ts';
import { openApiDocument } from './document.ts';

const document = JSON.stringify(openApiDocument);
const page = renderDocsPage();
const styleHash = createHash('sha256')
  .update(/<style>([^]*)<\/style>/.exec(page)?.[1] ?? '')
  .digest('base64');
const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The API's description, for machines and people. */
@Controller()
export class OpenApiController {
  @Get('openapi.json')
  @Public()
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', 'public, max-age=300')
  openapi(): string {
    return document;
  }

  @Get('docs')
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', pagePolicy)
  docs(): string {
    return page;
  }
}
