import { hash } from 'node:crypto';
import { openCheckpoint, signCheckpoint } from '#tlog';
import { reasons, type Verification, verify } from '../support/verifier-process.ts';
import { newKey, origin, TestFolder, type WrittenLog, writeLog } from './real-log.ts';

const size = 300;
const key = newKey();
const stranger = newKey();
const folder = new TestFolder();
let log: WrittenLog;

beforeAll(async () => {
  log = await writeLog(folder.file('log.db'), key, size, []);
});
afterAll(() => {
  folder.remove();
});

const check = (...options: readonly string[]) => verify('database', log.path, ...options);
const trusted = (...keys: readonly object[]) => ['--trust', folder.write('trust.json', JSON.stringify(keys))];
const only = (result: Verification) => [result.exitCode, ...reasons(result)];
const keyId = (vkey: string) => Buffer.from(vkey.split('+')[1] ?? '', 'hex');

describe('the verifier, with keys', () => {
  it('says that nothing was proved without one', () => {
    expect(check()).toMatchObject({ exitCode: 3, verdict: 'incomplete', problems: [] });
  });

  it('refuses the signature of a key it does not know', () => {
    expect(only(check('--vkey', stranger.vkey))).toEqual([1, 'unknown-key']);
  });

  it('refuses a log of another origin than its key', () => {
    const other = newKey('other.example/audit/corpus').vkey;
    expect(only(check('--vkey', other))).toEqual([1, 'origin', 'unknown-key']);
  });

  it('refuses a checkpoint that names another origin above a good signature of the key', () => {
    const other = newKey('other.example/audit/corpus');
    const text = `${other.key.name}\n1\n${hash('sha256', 'x', 'base64')}\n`;
    const signature = Buffer.concat([keyId(key.vkey), key.signer.sign(text)]).toString('base64');
    const note = folder.write('note', `${text}\n\u2014 ${origin} ${signature}\n`);
    expect(only(verify('checkpoints', note, note, '--vkey', key.vkey))).toEqual([1, 'origin']);
  });

  it.each([
    [{ fromSize: size + 1 }, 'key-window'],
    [{ fromSize: 0, toSize: size - 1 }, 'key-window'],
  ])('refuses a key outside its sizes: %j', (window, found) => {
    expect(only(check(...trusted({ vkey: key.vkey, ...window })))).toEqual([1, found]);
  });

  it('takes a key at both ends of its sizes', () => {
    expect(check(...trusted({ vkey: key.vkey, fromSize: size, toSize: size }))).toMatchObject({ exitCode: 0 });
  });

  it('takes a checkpoint that both keys of a rotation signed, and refuses it when one of them is wrong', () => {
    const both = trusted({ vkey: key.vkey, fromSize: 0, toSize: size }, { vkey: stranger.vkey, fromSize: size });
    const note = log.checkpoints.get(size) ?? '';
    const { root } = openCheckpoint(note, [key.signer.verifier]);
    const second = signCheckpoint({ size, root }, stranger.signer).split('\n\n')[1] ?? '';
    const wrong = signCheckpoint({ size: size - 1, root }, stranger.signer).split('\n\n')[1] ?? '';
    const signed = (lines: string) => {
      const file = folder.write('note', note + lines);
      return only(verify('checkpoints', file, file, ...both));
    };
    expect(signed(second)).toEqual([0]);
    expect(signed(wrong)).toEqual([1, 'signature']);
    expect(signed('\u2014 witness.example AAAAAAAA\n')).toEqual([0]);
  });
});
