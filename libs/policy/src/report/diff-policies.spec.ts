import { actions } from '#kernel';
import { everySmallRequest, smallCatalog, smallPolicy, smallRules } from '#testing';
import fc from 'fast-check';
import { jobNamed } from '../cases/question.ts';
import type { PolicyDocument } from '../file/policy-document.ts';
import { readPolicy } from '../file/read-policy.ts';
import { diffPolicies } from './diff-policies.ts';
import { whoCan } from './who-can.ts';

const id = '70000000-0000-4000-8000-000000000001';

function documentOf(rules: string, { jobs = `hr: { servicePrincipalId: ${id}, jobId: one }`, caller = 'portal' } = {}) {
  const text = `
version: 1
jobs: { ${jobs} }
callers: { ${caller}: { tenant: ${id}, application: ${id} } }
rules:
${rules}`;
  const reading = readPolicy(Buffer.from(text), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.document;
}

const may = (more: string, caller = 'portal', rule = 'may') =>
  `  - { id: ${rule}, effect: allow, callers: [${caller}], actions: [read, pause], jobs: [hr]${more} }\n`;
const hours = (from: string, to: string) => `, windows: [{ zone: Europe/Berlin, from: "${from}", to: "${to}" }]`;

const told = (old: PolicyDocument, candidate: PolicyDocument) =>
  diffPolicies(old, candidate).map(
    ({ kind, action, callers, jobs }) => `${kind} ${action} ${callers.join()} ${jobs.join()}`,
  );

describe('a diff of two policies', () => {
  it('tells what becomes allowed and denied', () => {
    const [some, none] = [documentOf(may('')), documentOf('  - { id: none, effect: deny }')];
    expect(told(none, some)).toEqual(['allowed read portal hr', 'allowed pause portal hr']);
    expect(told(some, none)).toEqual(['denied read portal hr', 'denied pause portal hr']);
  });

  it('tells other requirements, of the actions that they are about, in words', () => {
    const old = documentOf(may(', require: { ticket: { pattern: "CHG.*" } }'));
    const [change, ...others] = diffPolicies(old, documentOf(may(', require: { reason: { minLength: 9 } }')));
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      kind: 'changed',
      action: 'pause',
      before: { grants: [{ rule: 'may', needs: ['ticket: must match CHG.*'], when: [] }] },
      after: { grants: [{ rule: 'may', needs: ['reason: at least 9 characters'], when: [] }] },
    });
  });

  it.each([
    ['a minute more', may(hours('08:00', '18:01'))],
    ['another zone', may(hours('08:00', '18:00').replace('Berlin', 'Paris'))],
    [
      'a freeze',
      `${may(hours('08:00', '18:00'))}  - { id: f, effect: deny, during: { from: 2090-01-01T00:00:00Z } }\n`,
    ],
  ])('compares the conditions, so that no hour is missed: %s', (_, rules) => {
    expect(told(documentOf(may(hours('08:00', '18:00'))), documentOf(rules))).toEqual([
      'changed read portal hr',
      'changed pause portal hr',
    ]);
  });

  it.each([
    ['the caller has another name', documentOf(may('', 'gate'), { caller: 'gate' })],
    ['the rule has another name', documentOf(may('', 'portal', 'must'))],
    [
      'a superfluous rule is added',
      documentOf(may('') + may(', require: { ticket: { pattern: x } }', 'portal', 'more')),
    ],
    ['one window is written as two', documentOf(may(''))],
  ])('is empty when nothing changes but the words: %s', (_, candidate) => {
    expect(told(documentOf(may('')), candidate)).toEqual([]);
    const halves = may(`${hours('08:00', '12:00').slice(0, -1)}, { zone: Europe/Berlin, from: "12:00", to: "18:00" }]`);
    expect(told(documentOf(may(hours('08:00', '18:00'))), documentOf(halves))).toEqual([]);
  });

  it('names every change that anybody could notice, and no more is allowed or denied than it says', () => {
    let noticed = 0;
    const rules = smallRules({ conditional: true });
    const agree = fc.property(rules, rules, smallCatalog, (before, after, jobs) => {
      const [old, candidate] = [smallPolicy(before, jobs), smallPolicy(after, jobs)];
      const changes = diffPolicies(old, candidate);
      const [was, is] = [old.policy, candidate.policy];
      const untold: unknown[] = [];
      for (const request of everySmallRequest) {
        const [one, other] = [was.evaluate(request), is.evaluate(request)];
        if (request.jobId === undefined) continue;
        const about = changes.filter(
          ({ action, jobs: names }) => action === request.action && names.includes(one.alias ?? ''),
        );
        if (one.effect !== other.effect) {
          noticed++;
          const known = about.some(({ callers }) => callers.some((name) => one.callers?.includes(name) ?? false));
          if (!known) untold.push(request);
        }
        if (one.callers?.length !== 1) continue;
        const kind = about.find(({ callers }) => callers.includes(one.callers?.[0] ?? ''))?.kind;
        if ((kind === 'allowed' ? one : kind === 'denied' ? other : undefined)?.effect === 'allow')
          untold.push(request);
      }
      expect(untold).toEqual([]);
    });
    fc.assert(agree, { numRuns: 25 });
    expect(noticed).toBeGreaterThan(100);
  });
});

describe('who can', () => {
  it('tells each caller with its terms, and when it is denied all the same', () => {
    const document = documentOf(
      `${may(', require: { ticket: { pattern: x }, maxDuration: PT1H }')}  - { id: freeze, effect: deny, actions: [pause], during: { from: 2026-12-20T00:00:00Z } }\n`,
    );
    expect(whoCan(document, 'pause', jobNamed(document.policy.catalog, 'hr'))).toEqual([
      {
        caller: 'portal',
        kind: 'application',
        grants: [{ rule: 'may', needs: ['ticket: must match x', 'duration: required, at most PT1H'], when: [] }],
        except: [{ rule: 'freeze', needs: [], when: ['during: from 2026-12-20T00:00:00.000Z'] }],
      },
    ]);
    expect(whoCan(document, 'start', jobNamed(document.policy.catalog, 'hr'))).toEqual([]);
  });

  it('leaves out exactly those who never can, where no rule has conditions', () => {
    const agree = fc.property(smallRules({ conditional: false }), smallCatalog, (rules, jobs) => {
      const document = smallPolicy(rules, jobs);
      const able = new Set<string>();
      for (const request of everySmallRequest) {
        const decision = document.policy.evaluate(request);
        if (request.jobId === undefined || decision.callers?.length !== 1 || decision.effect === 'deny') continue;
        able.add(`${decision.callers.join()} ${request.action} ${decision.alias ?? ''}`);
      }
      const told = document.policy.catalog.entries.flatMap(({ alias }) =>
        actions.flatMap((action) =>
          whoCan(document, action, jobNamed(document.policy.catalog, alias))
            // Whoever is this one is another one too.
            .filter(({ caller }) => caller !== 'ops-by-portal')
            .map(({ caller }) => `${caller} ${action} ${alias}`),
        ),
      );
      expect(told.toSorted()).toEqual([...able].toSorted());
    });
    fc.assert(agree, { numRuns: 10 });
  });
});
