import { Agent } from 'node:https';
import { AxiosHttpsPost, HttpsAnchor, type Submission, WitnessAnchor } from '#audit';
import { CosignatureVerifier, formatGrowthProof } from '#tlog';
import { TestWitness } from '../support/witness.ts';
import { SomeTree } from './some-tree.ts';

let witness: TestWitness;
let agent: Agent;
beforeAll(async () => {
  witness = await TestWitness.start();
  agent = new Agent({ ca: witness.caPem });
});
afterAll(async () => {
  agent.destroy();
  await witness.close();
});
beforeEach(() => {
  witness.seen.clear();
  witness.asked.length = 0;
  witness.answer = undefined;
});

const post = (timeoutMs = 10_000) => new AxiosHttpsPost({ agent, timeoutMs });
const anchor = () => new WitnessAnchor(`${witness.url}/w`, CosignatureVerifier.parse(witness.vkey), post());
const code = (text: string) => expect.objectContaining({ code: text }) as Error;
const oldSizes = () => witness.asked.map(({ body }) => body.split('\n', 1)[0]);

const tree = new SomeTree(700);
beforeAll(() => {
  witness.trust(tree.vkey);
});

/** The tree as it was at that size. */
function at(size: number, of = tree): Submission {
  return {
    origin: of.signer.verifier.name,
    size,
    checkpoint: of.checkpointAt(size),
    growthFrom: async (oldSize) =>
      formatGrowthProof({ oldSize, hashes: await of.growth(oldSize, size), checkpoint: of.checkpointAt(size) }),
  };
}

/** The line that the witness puts under the checkpoint of that size. */
const cosigned = (size: number) => witness.cosign(`${at(size).checkpoint.split('\n\n', 1).join()}\n`);

describe('a witness', () => {
  it('cosigns a first checkpoint, and each that extends it', async () => {
    for (const [size, last] of [
      [1, 0],
      [5, 1],
      [256, 5],
      [257, 256],
      [700, 257],
      [700, 700],
    ] as const) {
      const [cosignature] = await anchor().push(at(size), last);
      expect(cosignature?.line).toBe(cosigned(size));
    }
    expect(witness.seen.get(tree.signer.verifier.name)?.size).toBe(700);
  });

  it('that knows another size than we think is asked again from that one', async () => {
    await anchor().push(at(300), 0);
    await anchor().push(at(700), 0);
    await anchor().push(at(700), 100);
    expect(oldSizes()).toEqual(['old 0', 'old 0', 'old 300', 'old 100', 'old 700']);
  });

  it('that knows a larger log says that ours went back', async () => {
    await anchor().push(at(700), 0);
    await expect(anchor().push(at(300), 700)).rejects.toEqual(code('anchor_ahead'));
  });

  it.each([
    [300, 700],
    [700, 700],
  ])('that knows another history at %d is not talked into one of %d', async (common, size) => {
    await anchor().push(at(common), 0);
    const other = tree.forkedAt(common - 1);
    await expect(anchor().push(at(size, other), common)).rejects.toEqual(code('anchor_conflict'));
    await expect(anchor().push(at(size, other), 0)).rejects.toEqual(code('anchor_conflict'));
  });

  it('that does not know the log or its key refuses', async () => {
    await expect(anchor().push(at(5, new SomeTree(5)), 0)).rejects.toEqual(code('anchor_refused'));
    witness.answer = () => ({ status: 404 });
    await expect(anchor().push(at(5), 0)).rejects.toEqual(code('anchor_refused'));
  });

  it.each([
    ['nothing', () => ''],
    ['a page', () => '<html>'],
    ['the cosignature of another checkpoint', () => witness.cosign('log\n1\nAAAA\n')],
    ['another witness’s line', () => cosigned(5).replace('w1', 'w2')],
    ['a text before the line', () => `hello\n${cosigned(5)}`],
  ])('that answers with %s has cosigned nothing', async (_what, body) => {
    witness.answer = () => ({ status: 200, body: body() });
    await expect(anchor().push(at(5), 0)).rejects.toEqual(code('anchor_cosignature_invalid'));
  });

  it('that adds lines of others has cosigned all the same, and only its own line is kept', async () => {
    const own = cosigned(5);
    witness.answer = () => ({ status: 200, body: own.replace('w1', 'w2') + own });
    expect((await anchor().push(at(5), 0)).map(({ line }) => line)).toEqual([own]);
  });

  it.each([
    ['a size with a sign', '+3\n'],
    ['a size without its newline', '3'],
    ['no size', ''],
  ])('that answers a conflict with %s has said nothing that would stop the broker', async (_what, body) => {
    witness.answer = () => ({ status: 409, type: 'text/x.tlog.size', body });
    await expect(anchor().push(at(5), 0)).rejects.toEqual(code('anchor_refused'));
  });

  it('that keeps naming other sizes is not asked for ever', async () => {
    witness.answer = ({ body }) => ({
      status: 409,
      type: 'text/x.tlog.size',
      body: body.startsWith('old 1') ? '2\n' : '1\n',
    });
    await expect(anchor().push(at(5), 0)).rejects.toEqual(code('anchor_refused'));
    expect(witness.asked).toHaveLength(2);
  });
});

describe('an HTTPS endpoint', () => {
  const archive = (token?: () => Promise<string>) => new HttpsAnchor(`${witness.url}/archive`, post(), token);

  it('gets the checkpoint as text, with the token if there is one', async () => {
    await archive().push(at(5));
    await archive(() => Promise.resolve('s3cret')).push(at(5));
    expect(witness.asked.map(({ body }) => body)).toEqual([at(5).checkpoint, at(5).checkpoint]);
    expect(witness.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer s3cret']);
    expect(witness.asked[0]?.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it.each([301, 307, 400, 401, 500])(
    'that answers %d did not take it, and is not followed elsewhere',
    async (status) => {
      witness.answer = () => ({ status, location: `${witness.url}/elsewhere` });
      await expect(archive().push(at(5))).rejects.toEqual(code('anchor_refused'));
      expect(witness.asked).toHaveLength(1);
    },
  );

  it('that answers with too much, or never, was not reached', async () => {
    witness.answer = () => ({ status: 200, body: 'x'.repeat(70_000) });
    await expect(archive().push(at(5))).rejects.toEqual(code('anchor_unreachable'));
    witness.answer = () => 'nothing';
    await expect(new HttpsAnchor(`${witness.url}/a`, post(50)).push(at(5))).rejects.toEqual(code('anchor_unreachable'));
  });

  it('with a certificate that nobody vouches for is not spoken to, and no error holds the token', async () => {
    const unknown = new HttpsAnchor(`${witness.url}/a`, new AxiosHttpsPost(), () => Promise.resolve('s3cret'));
    const error: unknown = await unknown.push(at(5)).catch((caught: unknown) => caught);
    expect(error).toEqual(code('anchor_unreachable'));
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('s3cret');
    expect(witness.asked).toEqual([]);
  });

  it('without TLS is not spoken to', async () => {
    await expect(new HttpsAnchor('http://localhost:1/a', post()).push(at(5))).rejects.toEqual(
      code('anchor_unreachable'),
    );
  });
});
