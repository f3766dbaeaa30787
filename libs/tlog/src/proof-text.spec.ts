import { formatGrowthProof, formatTlogProof, parseGrowthProof, parseTlogProof } from './proof-text.ts';

const hashes = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const checkpoint = 'log.example\n3\nAAAA\n\n— log.example AAAAAAAA\n';
const [one, two] = hashes.map((hash) => hash.toString('base64')) as [string, string];
const text = `c2sp.org/tlog-proof@v1\nindex 2\n${one}\n${two}\n\n${checkpoint}`;

describe('.tlog-proof files', () => {
  it('have the form of the specification', () => {
    expect(formatTlogProof({ index: 2, hashes, checkpoint })).toBe(text);
    expect(formatTlogProof({ index: 2, hashes: [], checkpoint, extra: Buffer.from('hi') })).toBe(
      `c2sp.org/tlog-proof@v1\nextra aGk=\nindex 2\n\n${checkpoint}`,
    );
  });

  it.each([
    { index: 2, hashes, checkpoint },
    { index: 0, hashes: [], checkpoint, extra: Buffer.from('hi') },
  ])('read back as what was written', (proof) => {
    expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
  });

  it.each([
    ['another header', text.replace('@v1', '@v2')],
    ['no index', text.replace('index 2\n', '')],
    ['a leading zero', text.replace('index 2', 'index 02')],
    ['a huge index', text.replace('index 2', 'index 9007199254740992')],
    ['an extra line that is not base64', text.replace('index', 'extra *\nindex')],
    ['two extra lines', text.replace('index', 'extra aGk=\nextra aGk=\nindex')],
    ['a short hash', text.replace(one, 'AAAA')],
    ['a hash that is not canonical base64', text.replace(one, one.replace('=', ''))],
    ['no blank line', text.replaceAll('\n\n', '\n')],
    ['64 hashes', text.replace(one, Array.from({ length: 63 }, () => one).join('\n'))],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
  ])('with %s are refused', (_what, malformed) => {
    expect(() => parseTlogProof(malformed)).toThrow(expect.objectContaining({ code: 'proof_malformed' }) as Error);
  });

  it('take 63 hashes', () => {
    expect(parseTlogProof(text.replace(one, Array.from({ length: 62 }, () => one).join('\n'))).hashes).toHaveLength(63);
  });
});

describe('growth proofs', () => {
  it('have the form of a witness request and read back', () => {
    const proof = { oldSize: 2, hashes, checkpoint };
    expect(formatGrowthProof(proof)).toBe(`old 2\n${one}\n${two}\n\n${checkpoint}`);
    expect(parseGrowthProof(formatGrowthProof(proof))).toEqual(proof);
    expect(() => parseGrowthProof(text)).toThrow(expect.objectContaining({ code: 'proof_malformed' }) as Error);
  });
});
