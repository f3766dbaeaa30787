import type { Caller } from './caller.ts';
import { holdsRight, type Right } from './right.ts';

const principal = { tenantId: '', objectId: '', clientId: '', token: {} };
const application = (...roles: Right[]) => ({ ...principal, kind: 'application', roles }) as unknown as Caller;
const person = (scopes: Right[], roles: Right[] = []) =>
  ({ ...principal, kind: 'user', scopes, roles, directoryRoles: [] }) as unknown as Caller;

describe('an application holds a right', () => {
  it('that is among its roles and no other', () => {
    expect(holdsRight(application('Jobs.Pause'), 'Jobs.Pause')).toBe(true);
    expect(holdsRight(application('Jobs.Pause'), 'Jobs.Start')).toBe(false);
  });
});

describe('a person holds a right', () => {
  it('on jobs when the client application has the scope, because the policy decides about the person', () => {
    expect(holdsRight(person(['Jobs.Pause']), 'Jobs.Pause')).toBe(true);
  });

  it('never by a role alone: the client application must have the scope', () => {
    expect(holdsRight(person([], ['Jobs.Pause']), 'Jobs.Pause')).toBe(false);
  });

  it('that no policy judges only with both scope and role', () => {
    expect(holdsRight(person(['Audit.Read']), 'Audit.Read')).toBe(false);
    expect(holdsRight(person(['Audit.Read'], ['Audit.Read']), 'Audit.Read')).toBe(true);
  });
});
