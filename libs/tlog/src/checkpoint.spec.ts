import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle-hash.ts';
import { NoteSigner, NoteVerifier } from './note-key.ts';
import { RightEdge } from './right-edge.ts';
import { openNote, signNote } from './signed-note.ts';
import type { TlogErrorCode } from './tlog-error.ts';

/** PKCS#8 of an Ed25519 key is a fixed prefix (RFC 8410 §7) and the seed. */
function seeded(byte: number) {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

const origin = 'broker.example/audit/test';
const signer = new NoteSigner(origin, seeded(1));
const stranger = new NoteSigner('elsewhere.example/log', seeded(2));
const trusted = [signer.verifier];

/** Checked with Go's x/mod/sumdb/note and with openssl. */
const golden = {
  leafHash: 'c7261463ebd776f4650b6d0fe942d9cc38c925d90f77d440ab6df8d5dd258c5f',
  vkey: 'broker.example/audit/test+ebade89d+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c',
  checkpoint:
    'broker.example/audit/test\n3\nFaeAyGKD1CyME604W/lnlPK2G+zyLO/wjQJV4FUch48=\n\n' +
    '— broker.example/audit/test 663onVAlmEYKiRHxukSIpQ2sIJ8y46MISrzk/1kU1dNl3tlOvAQLrdfZGcz9jjjL0asDiXKfqTCo1/CnDjIo3QENQAM=\n',
};
const leaves = ['{"a":1}', '{"b":2}', '{"c":3}'].map((leaf) => leafHash(Buffer.from(leaf)));
const root = RightEdge.empty.append(leaves).edge.root();

const refused = (code: TlogErrorCode) => expect.objectContaining({ code }) as Error;

describe('checkpoints', () => {
  it('are byte for byte those of the golden vector', () => {
    expect(Buffer.from(leaves[0]!).toString('hex')).toBe(golden.leafHash);
    expect(signer.verifier.vkey).toBe(golden.vkey);
    expect(signCheckpoint({ size: 3, root }, signer)).toBe(golden.checkpoint);
  });

  it('open with the key from their vkey line', () => {
    const opened = openCheckpoint(golden.checkpoint, [NoteVerifier.parse(golden.vkey)]);
    expect(opened).toEqual({ origin, size: 3, root: Buffer.from(root), keyIds: ['ebade89d'] });
  });

  it('open as well when others have signed too', () => {
    const [, line] = signNote(golden.checkpoint.split('\n\n')[0]! + '\n', stranger).split('\n\n');
    expect(openCheckpoint(golden.checkpoint + line!, trusted).size).toBe(3);
    expect(openNote(golden.checkpoint + line!, [stranger.verifier, ...trusted]).signedBy).toHaveLength(2);
  });

  it('can be signed by a key and its successor, and then open with either', () => {
    const successor = new NoteSigner(origin, seeded(4));
    const both = signCheckpoint({ size: 3, root }, signer, successor);
    const keyIds = [signer.verifier.keyId, successor.verifier.keyId];
    expect(openCheckpoint(both, trusted)).toMatchObject({ size: 3, keyIds });
    expect(openCheckpoint(both, [successor.verifier])).toMatchObject({ size: 3, keyIds });
  });

  it.each([
    ['a leading zero', `${origin}\n03\n${'A'.repeat(43)}=\n`],
    ['a sign', `${origin}\n+3\n${'A'.repeat(43)}=\n`],
    ['a size above 2^53', `${origin}\n9007199254740992\n${'A'.repeat(43)}=\n`],
    ['a short root', `${origin}\n3\nAAAA\n`],
    ['a root that is not canonical base64', `${origin}\n3\n${'A'.repeat(42)}B=\n`],
    ['an extension line', `${origin}\n3\n${'A'.repeat(43)}=\nmore\n`],
    ['a missing root', `${origin}\n3\n`],
  ])('with %s are refused', (_what, body) => {
    expect(() => openCheckpoint(signNote(body, signer), trusted)).toThrow(refused('checkpoint_malformed'));
  });

  it('of an origin whose key did not sign are refused', () => {
    const body = `${origin}\n3\n${'A'.repeat(43)}=\n`;
    expect(() => openCheckpoint(signNote(body, stranger), [stranger.verifier])).toThrow(refused('note_unverified'));
  });

  it('are not signed for anything but a tree head', () => {
    expect(() => signCheckpoint({ size: -1, root }, signer)).toThrow(refused('checkpoint_malformed'));
    expect(() => signCheckpoint({ size: 1, root: new Uint8Array(31) }, signer)).toThrow(
      refused('checkpoint_malformed'),
    );
  });
});

describe('signed notes', () => {
  const note = signNote('one\n\ntwo\n', signer);
  const [, signatureLine] = note.split('two\n\n') as [string, string];

  it('may hold blank lines: the last one separates the signatures', () => {
    expect(openNote(note, trusted).text).toBe('one\n\ntwo\n');
  });

  it('fail when any character of the text is another', () => {
    expect(() => openNote(note.replace('one', 'own'), trusted)).toThrow(refused('signature_invalid'));
  });

  it('fail when a known key signed badly, even beside a good signature', () => {
    const bad = signNote('other\n', signer).split('\n\n')[1]!;
    expect(() => openNote(note + bad, trusted)).toThrow(refused('signature_invalid'));
  });

  it('fail when no known key signed, whatever shares its name or its id', () => {
    expect(() => openNote(signNote('one\n', stranger), trusted)).toThrow(refused('note_unverified'));
    const sameName = new NoteSigner(origin, seeded(3));
    expect(() => openNote(signNote('one\n', sameName), trusted)).toThrow(refused('note_unverified'));
    expect(() => openNote(note.replaceAll(origin, 'other'), trusted)).toThrow(refused('note_unverified'));
  });

  it.each([
    ['no signature', 'one\n'],
    ['an empty end', 'one\n\n'],
    ['no final newline', note.slice(0, -1)],
    ['a tab', note.replace('one', 'o\te')],
    ['a carriage return', note.replace('one\n', 'one\r\n')],
    ['a lone surrogate', note.replace('one', '\ud800')],
    ['a hyphen for the dash', note.replace('—', '-')],
    ['two spaces', note.replace(`— ${origin}`, `—  ${origin}`)],
    ['text behind the signature', note.replace(/=\n$/, '= x\n')],
    ['a signature that is not canonical base64', note.replace(/[^=]=\n$/, '=\n')],
    ['a signature of four bytes', `one\n\n— ${origin} AAAAAA==\n`],
    ['a key name with +', `one\n\n— a+b AAAAAAA=\n`],
    ['a key name with a no-break space', `one\n\n— a\u00a0b AAAAAAA=\n`],
    ['101 signatures', note.replace(signatureLine, signatureLine.repeat(101))],
  ])('with %s are refused', (_what, malformed) => {
    expect(() => openNote(malformed, trusted)).toThrow(refused('note_malformed'));
  });

  it('take a hundred signatures', () => {
    expect(openNote(note.replace(signatureLine, signatureLine.repeat(100)), trusted).signedBy).toEqual(trusted);
  });

  it('are not made of text that a note cannot carry', () => {
    for (const text of ['no newline', 'a\0\n', '\udfff\n']) {
      expect(() => signNote(text, signer)).toThrow(refused('note_malformed'));
    }
  });
});

describe('note keys', () => {
  it.each([
    ['another key id', golden.vkey.replace('ebade89d', 'ebade89e')],
    ['an upper-case key id', golden.vkey.replace('ebade89d', 'EBADE89D')],
    ['another name', golden.vkey.replace('test', 'prod')],
    ['another type', golden.vkey.replace('+AYqI', '+BIqI')],
    ['a cut key', golden.vkey.slice(0, -4)],
    ['no key', 'broker.example/audit/test+ebade89d'],
    ['nothing', ''],
  ])('are not read from a vkey with %s', (_what, vkey) => {
    expect(() => NoteVerifier.parse(vkey)).toThrow(refused('key_invalid'));
  });

  it('have base64 that may hold a plus', () => {
    const vkeys = Array.from({ length: 20 }, (_, byte) => new NoteSigner('log', seeded(byte)).verifier.vkey);
    const withPlus = vkeys.find((vkey) => vkey.split('+').length > 3)!;
    expect(NoteVerifier.parse(withPlus).vkey).toBe(withPlus);
  });

  it('are Ed25519 under a name that a note can carry', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => new NoteSigner(origin, privateKey)).toThrow(refused('key_invalid'));
    expect(() => new NoteSigner(origin, publicKey)).toThrow(refused('key_invalid'));
    for (const name of ['', 'a b', 'a+b', 'a\u2003b', 'a\n', '\ud800']) {
      expect(() => new NoteSigner(name, seeded(1))).toThrow(refused('key_invalid'));
    }
  });
});
