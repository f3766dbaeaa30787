import { useMemoryLog } from '#testing';
import type { LogStore } from '../log-store.ts';
import { DisclosureKey } from './disclosure-key.ts';
import { KnownSubjects } from './known-subjects.ts';

describe('known subjects', () => {
  const memory = useMemoryLog();
  const name = { realm: 'strangers', name: '2026-01-05' };
  const key = DisclosureKey.parse(DisclosureKey.generate());

  it('are asked for once, however many need one at the same time', async () => {
    let asked = 0;
    const subject: LogStore['subject'] = (...question) => {
      asked += 1;
      return memory.store.subject(...question);
    };
    const subjects = new KnownSubjects({ subject }, key);
    const found = await Promise.all(Array.from({ length: 50 }, () => subjects.of(name)));
    expect(asked).toBe(1);
    expect(new Set(found).size).toBe(1);
    expect(subjects.known(name)).toBe(found[0]);
  });

  it('are asked for again after a failure, and after they were forgotten', async () => {
    const subjects = new KnownSubjects(memory.store, key);
    memory.store.readFault = new Error('down');
    await expect(subjects.of(name)).rejects.toThrow('down');
    memory.store.readFault = undefined;
    const { ref } = await subjects.of(name);
    memory.store.eraseSubject(ref);
    subjects.forget();
    expect(subjects.known(name)).toBeUndefined();
    expect((await subjects.of(name)).ref).not.toBe(ref);
  });

  it('are not known to the holder of another key', async () => {
    await new KnownSubjects(memory.store, key).of(name);
    const stranger = new KnownSubjects(memory.store, DisclosureKey.parse(DisclosureKey.generate()));
    await expect(stranger.of(name)).rejects.toMatchObject({ code: 'disclosure_key_mismatch' });
  });
});
