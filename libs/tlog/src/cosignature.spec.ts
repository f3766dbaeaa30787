import { generateKeyPairSync, sign } from 'node:crypto';
import { CosignatureVerifier } from './cosignature.ts';
import { signatureLine } from './signed-note.ts';
import type { TlogErrorCode } from './tlog-error.ts';
import { nameKey } from './vkey.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const name = 'witness.example/w1';
const { keyId, vkey } = nameKey(name, 0x04, publicKey);
const witness = CosignatureVerifier.parse(vkey);
const text = `broker.example/audit/test\n3\n${'A'.repeat(43)}=\n`;
const time = 1_679_315_147;

/** Built by the words of the specification, not by the code under test. */
function signed(message: string, at = time): Uint8Array {
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(at));
  return Buffer.concat([stamp, sign(null, Buffer.from(message), privateKey)]);
}

const good = signatureLine({ name, keyId, signature: signed(`cosignature/v1\ntime ${time}\n${text}`) });
const note = (...lines: readonly string[]) => `${text}\n${lines.join('')}`;
const refused = (code: TlogErrorCode) => expect.objectContaining({ code }) as Error;

describe('a cosignature', () => {
  it('is found among others with its time, and told as the line it was', () => {
    const other =
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n';
    expect(witness.find(note(other, good))).toEqual({ name, keyId, time, line: good });
  });

  it.each([
    ['another checkpoint', signed(`cosignature/v1\ntime ${time}\n${text.replace('\n3\n', '\n4\n')}`)],
    ['another time', signed(`cosignature/v1\ntime ${time}\n${text}`, time + 1)],
    ['the bare checkpoint', signed(text)],
    ['nothing, being too short', signed(`cosignature/v1\ntime ${time}\n${text}`).subarray(8)],
    ['a time beyond 2^53', signed(`cosignature/v1\ntime ${2 ** 60}\n${text}`, 2 ** 60)],
  ])('over %s is refused', (_what, signature) => {
    expect(() => witness.find(note(signatureLine({ name, keyId, signature })))).toThrow(refused('signature_invalid'));
  });

  it('of another name or key is not this witness’s', () => {
    for (const line of [
      good.replace('w1', 'w2'),
      signatureLine({ name, keyId: '00000000', signature: signed(text) }),
    ]) {
      expect(() => witness.find(note(line))).toThrow(refused('note_unverified'));
    }
  });

  it('is not checked with a key that signs notes', () => {
    expect(() => CosignatureVerifier.parse(nameKey(name, 0x01, publicKey).vkey)).toThrow(refused('key_invalid'));
  });
});
