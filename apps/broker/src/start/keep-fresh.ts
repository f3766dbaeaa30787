import type { SigningKeys } from '#auth';
import type { RenewingTokens } from '#graph';
import type { Ending } from './ending.ts';

/** Renews the issuers' keys and our own token in the background, ahead of their end, until the broker ends. */
export function keepFresh(keys: SigningKeys, tokens: RenewingTokens, ending: Ending): void {
  const refreshing = new AbortController();
  const refreshed = Promise.all([keys.keepFresh(refreshing.signal), tokens.keepFresh(refreshing.signal)]);
  ending.add(async () => {
    refreshing.abort();
    await refreshed;
  });
}
