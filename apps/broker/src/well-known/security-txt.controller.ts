import { Public } from '#auth';
import { Clock } from '#kernel';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ProtectedResource } from './protected-resource.ts';
import { securityTxt } from './security-txt.ts';

/** Token of the setting INTERLOCK_SECURITY_CONTACT. */
export const securityContact = Symbol('security contact');

/** Whom to tell of a vulnerability. Exists only where the operator named somebody. */
@Controller('.well-known')
export class SecurityTxtController {
  constructor(
    @Inject(securityContact) private readonly contact: string,
    private readonly resource: ProtectedResource,
    private readonly clock: Clock,
  ) {}

  /** @see https://www.rfc-editor.org/rfc/rfc9116 */
  @Get('security.txt')
  @Public()
  @Header('cache-control', 'public, max-age=3600')
  @Header('content-type', 'text/plain; charset=utf-8')
  read(): string {
    return securityTxt(this.contact, this.resource.url, this.clock.now());
  }
}
