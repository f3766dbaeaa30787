import type { Exchange, Reply } from './exchange.ts';

/** `azure-host` is what the host of a workload offers it: tokens of its managed identities. */
export const serviceNames = ['entra', 'graph', 'azure-host'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Values of the pattern's named groups, percent-decoded. */
export type PathParameters = Readonly<Record<string, string>>;

/** One operation of one service. */
export interface Route {
  readonly service: ServiceName;
  /** Stable name, for the journal and for faults, such as `job.pause`. */
  readonly operation: string;
  readonly method: string;
  readonly pattern: RegExp;
  /** Whether a success changes the world. */
  readonly writes: boolean;
  /** Whether Interlock must never get here. */
  readonly dangerous: boolean;
  serve(exchange: Exchange, parameters: PathParameters): Promise<Reply> | Reply;
}

/** A service: its operations and how it speaks about errors. */
export interface Service {
  readonly name: ServiceName;
  readonly routes: readonly Route[];
  /** Answers a request that no route takes; `allowed` are the methods that the path knows. */
  unmatched(exchange: Exchange, allowed: readonly string[]): Promise<Reply> | Reply;
  /** An error in the words of the service, for faults. */
  failure(exchange: Exchange, status: number, detail: { readonly code?: string; readonly message?: string }): Reply;
}

export interface MatchedRoute {
  readonly route: Route;
  readonly parameters: PathParameters;
}

function decoded(groups: Readonly<Record<string, string>>): PathParameters | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}

/** The route of a request, or the methods that its path would take. */
export function matchRoute(
  service: Service,
  exchange: Exchange,
): MatchedRoute | { readonly allowed: readonly string[] } {
  const allowed: string[] = [];
  for (const route of service.routes) {
    const match = route.pattern.exec(exchange.path);
    if (match === null) continue;
    const parameters = decoded(match.groups ?? {});
    if (parameters !== undefined && route.method === exchange.method) return { route, parameters };
    allowed.push(route.method);
  }
  return { allowed };
}
