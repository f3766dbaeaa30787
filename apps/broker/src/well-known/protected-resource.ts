/** Interlock as OAuth sees it. */
export class ProtectedResource {
  constructor(
    /** Origin under which callers reach us. */
    readonly url: string,
    /** v2.0 authorities of the tenants whose tokens are accepted. */
    readonly authorizationServers: readonly string[],
  ) {}

  get metadataUrl(): string {
    return `${this.url}/.well-known/oauth-protected-resource`;
  }
}
