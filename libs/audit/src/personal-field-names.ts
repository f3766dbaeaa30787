/** Every personal field that an event may have: its leaf holds a digest, its value is kept beside it. */
export const personalFieldNames = [
  'actor.oid',
  'actor.upn',
  'actor.name',
  'net.ip',
  'net.forwarded',
  'net.ua',
  'reason',
  'purpose',
  'note',
  'approver',
] as const;

export type PersonalFieldName = (typeof personalFieldNames)[number];
