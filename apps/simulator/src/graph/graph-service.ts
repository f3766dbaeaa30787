import type { Clock } from '../clock.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import type { PathParameters, Route, Service } from '../http/route.ts';
import type { BearerTokens, GraphCaller } from './bearer-token.ts';
import { GraphFailure, graphErrorReply, graphHeaders, usualFailure } from './graph-failure.ts';
import { type GraphRoute, patternOf } from './graph-route.ts';

/** Microsoft Graph as a service: authenticates every request, then serves or refuses in Graph's own words. */
export class GraphService implements Service {
  readonly name = 'graph';
  readonly routes: readonly Route[];
  readonly #tokens: BearerTokens;
  readonly #clock: Clock;

  constructor(tokens: BearerTokens, clock: Clock, routes: readonly GraphRoute[]) {
    this.#tokens = tokens;
    this.#clock = clock;
    this.routes = routes.map((route) => this.#route(route));
  }

  unmatched(exchange: Exchange, allowed: readonly string[]): Promise<Reply> {
    return this.#answer(exchange, () => {
      if (allowed.length > 0) {
        const allow = { allow: [...new Set(allowed)].join(', ') };
        throw new GraphFailure(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.', allow);
      }
      const [, version = '', ...segments] = exchange.path.split('/');
      if (version.toLowerCase() !== 'v1.0') throw new GraphFailure(400, 'BadRequest', `Invalid version: ${version}.`);
      const segment = segments.findLast((part) => part !== '') ?? '';
      throw new GraphFailure(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
    });
  }

  failure(exchange: Exchange, status: number, detail: { readonly code?: string; readonly message?: string }): Reply {
    return graphErrorReply(exchange, usualFailure(status, detail), this.#clock());
  }

  #route({ operation, method, path, writes, dangerous, serve }: GraphRoute): Route {
    return {
      service: this.name,
      operation,
      method,
      writes,
      dangerous,
      pattern: patternOf(path),
      serve: (exchange: Exchange, parameters: PathParameters) =>
        this.#answer(exchange, (caller) => serve({ exchange, caller, parameters })),
    };
  }

  async #answer(exchange: Exchange, serve: (caller: GraphCaller) => Reply): Promise<Reply> {
    const now = this.#clock();
    try {
      const caller = await this.#tokens.verify(exchange);
      exchange.caller = { tenantId: caller.tenant.id, appId: caller.appId, objectId: caller.objectId };
      const reply = serve(caller);
      return { ...reply, headers: { ...graphHeaders(exchange, now), ...reply.headers } };
    } catch (error) {
      if (error instanceof GraphFailure) return graphErrorReply(exchange, error, now);
      throw error;
    }
  }
}
