import type { Branded } from './branded.ts';
import { InvalidInput } from './coded-error.ts';

const dashedGuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads GUIDs of one kind. The value is always lower-case, so that equal ids are equal strings. */
export interface GuidReader<Id extends string> {
  /** The id, or undefined when the text is not a dashed GUID. */
  read(text: unknown): Id | undefined;
  /** The id; refuses with {@link InvalidInput} `id_malformed` that names `field`. */
  parse(text: unknown, field: string): Id;
}

class AnyGuid<Id extends string> implements GuidReader<Id> {
  read(text: unknown): Id | undefined {
    return typeof text === 'string' && dashedGuid.test(text) ? (text.toLowerCase() as Id) : undefined;
  }

  parse(text: unknown, field: string): Id {
    const id = this.read(text);
    if (id === undefined) throw new InvalidInput('id_malformed', `${field} must be a GUID.`, field);
    return id;
  }
}

/** The tenant (Entra directory) that something belongs to. */
export type TenantId = Branded<string, 'TenantId'>;
export const TenantId: GuidReader<TenantId> = new AnyGuid();

/** Object id of a principal: a service principal or a user. */
export type ObjectId = Branded<string, 'ObjectId'>;
export const ObjectId: GuidReader<ObjectId> = new AnyGuid();

/** Application (client) id of an app registration. */
export type ClientId = Branded<string, 'ClientId'>;
export const ClientId: GuidReader<ClientId> = new AnyGuid();

/** Object id of the enterprise application whose provisioning jobs are meant (not its appId). */
export type ServicePrincipalId = Branded<string, 'ServicePrincipalId'>;
export const ServicePrincipalId: GuidReader<ServicePrincipalId> = new AnyGuid();

/** Template id of an Entra directory role, as in the `wids` claim. */
export type DirectoryRoleId = Branded<string, 'DirectoryRoleId'>;
export const DirectoryRoleId: GuidReader<DirectoryRoleId> = new AnyGuid();
