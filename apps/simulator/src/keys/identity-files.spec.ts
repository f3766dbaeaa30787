import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, type Identity } from './identity.ts';
import { IdentityFiles } from './identity-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-identities-'));
const realNow = Date.now;

afterEach(() => {
  Date.now = realNow;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a kept identity', () => {
  const obtain = (name = 'ca'): Promise<Identity> => new IdentityFiles(folder).obtain(name, createAuthority);
  const days = (count: number) => count * 86_400_000;

  it('is given again as long as its certificate lasts, and made anew after that', async () => {
    const made = await obtain();
    expect(await obtain()).toEqual(made);
    const then = realNow();
    Date.now = () => then + days(363);
    expect(await obtain()).toEqual(made);
    Date.now = () => then + days(364.5);
    const anew = await obtain();
    expect(anew).not.toEqual(made);
    expect(await obtain()).toEqual(anew);
  });

  it('is one whole file, whoever else makes one at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => obtain('another')));
    expect(all).toContainEqual(await obtain('another'));
    expect(readdirSync(folder)).toEqual(['another.pem', 'ca.pem']);
  });
});
