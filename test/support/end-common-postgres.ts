/** Stops what common-postgres.ts started. jest calls this after the last suite. */
export default async function endCommonPostgres(): Promise<void> {
  await globalThis.commonPostgres?.stop();
}
