import { HoldOwners } from '#operations';

/** Owners of holds where there are none to be found: each caller is known by its object id. */
export function someOwners(): HoldOwners {
  const none = () => Promise.reject(new Error('there is no such entry'));
  return new HoldOwners({ entry: none, disclosedValues: none, pseudonym: ({ objectId }) => Promise.resolve(objectId) });
}
