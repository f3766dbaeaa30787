import { CurrentCaller, Public, Requires } from '#auth';
import type { Caller } from '#kernel';
import { digestOf } from '#session';
import { Body, Controller, Get, Header, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { contextOf } from '../edge/request-context.ts';
import { assertByConsole } from './browser-proof.ts';
import { ConsoleSessions } from './console-sessions.ts';
import { type LogoutForm, logoutForm } from './logout-form.ts';
import { dropSession, dropSignIn, keepSession, keepSignIn, sessionIdOf, signInOf } from './session-cookies.ts';
import { sessionView, type SessionView, type SignedOutView } from './session-view.ts';

export const loginParameters = z.strictObject({
  returnTo: z.string().optional().describe('Path of this site to go on to; default /.'),
});

/** Signs people in and out of the console. The browser gets a cookie and never a token. */
@Controller('session')
export class SessionController {
  constructor(private readonly console: ConsoleSessions) {}

  @Get()
  @Requires('authenticated')
  @Header('cache-control', 'no-store')
  read(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): SessionView {
    return sessionView(caller, this.console.authentication.sessionOf(request), this.console.url);
  }

  @Get('login')
  @Public()
  async login(
    @Query({ schema: loginParameters }) { returnTo }: z.infer<typeof loginParameters>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = sessionIdOf(request);
    const { address, memory } = await this.console.begin(returnTo, id && digestOf(id));
    keepSignIn(reply, memory);
    await reply.redirect(address.href, 303);
  }

  /** The address has the code, so nothing may be told where the browser came from. */
  @Get('callback')
  @Public()
  @Header('referrer-policy', 'no-referrer')
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // Also when it fails: a sign-in is tried once.
    dropSignIn(reply);
    const { facts } = contextOf(request);
    const { id, returnTo } = await this.console.complete(request.url, signInOf(request), facts);
    keepSession(reply, id);
    await reply.redirect(returnTo, 303);
  }

  @Post('logout')
  @HttpCode(200)
  @Public()
  @Header('cache-control', 'no-store')
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedOutView> {
    assertByConsole(request, this.console.url);
    const id = sessionIdOf(request);
    const address = await this.console.signOut(id && digestOf(id));
    dropSession(reply);
    return address === undefined ? {} : { signOutAddress: address.href };
  }

  @Post('backchannel-logout')
  @HttpCode(200)
  @Public()
  @Header('cache-control', 'no-store')
  async logoutByIssuer(@Body({ schema: logoutForm }) { logout_token }: LogoutForm): Promise<void> {
    await this.console.signOutByIssuer(logout_token);
  }
}
