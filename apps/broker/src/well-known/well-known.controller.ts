import { Public } from '#auth';
import { rights } from '#kernel';
import { Controller, Get, Header } from '@nestjs/common';
import { ProtectedResource } from './protected-resource.ts';

/** What clients look up before they ask. */
@Controller('.well-known')
export class WellKnownController {
  constructor(private readonly resource: ProtectedResource) {}

  /** @see https://www.rfc-editor.org/rfc/rfc9728 */
  @Get('oauth-protected-resource')
  @Public()
  @Header('cache-control', 'public, max-age=3600')
  protectedResource(): Record<string, unknown> {
    return {
      resource: this.resource.url,
      authorization_servers: this.resource.authorizationServers,
      scopes_supported: rights,
      bearer_methods_supported: ['header'],
      resource_documentation: `${this.resource.url}/docs`,
    };
  }
}
