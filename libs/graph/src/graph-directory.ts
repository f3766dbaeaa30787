import type { ClientId, ObjectId } from '#kernel';
import type { GraphCall, GraphResult } from './graph-gateway.ts';

/** An app role that our service principal was granted on some API. */
export interface AppRoleAssignment {
  /** For the command that takes it away. */
  readonly id: string;
  /** The role's value where it is one of Microsoft Graph's that we know, else its id. */
  readonly role: string;
  readonly roleId: string;
  /** Display name of the API, for people only. */
  readonly resource?: string;
}

/**
 * What Interlock may ask Graph about itself. Apart from {@link GraphGateway}, so that nothing that serves callers can
 * reach it; the same receipts, retries and evidence.
 */
export abstract class GraphDirectory {
  /** Object id of the service principal of an app in the tenant of the jobs. */
  abstract principalOf(clientId: ClientId, call: GraphCall): Promise<GraphResult<ObjectId>>;
  /** Every app role that the service principal was granted, on Graph and elsewhere. */
  abstract rolesOf(principal: ObjectId, call: GraphCall): Promise<GraphResult<readonly AppRoleAssignment[]>>;
  /** Object ids of everything that the service principal owns. */
  abstract ownedBy(principal: ObjectId, call: GraphCall): Promise<GraphResult<ReadonlySet<string>>>;
}
