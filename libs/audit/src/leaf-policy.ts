import type { PolicyChanged, PolicyRead } from './policy-event.ts';
import type { RecordedShadow } from './recorded-facts.ts';
import type { LeafDetails, LeafReview, LeafShadow } from './leaf.ts';
import { leafByCaller, leafResource } from './leaf-parts.ts';
import type { LeafText } from './leaf-text.ts';
import { present } from './present.ts';

/** What an event about the policy itself adds to a leaf. */
export function leafOfPolicyEvent(
  event: PolicyChanged | PolicyRead,
  ref: string | undefined,
  text: LeafText,
): LeafDetails {
  const policy = { sha256: text.of(event.policySha256) };
  if (event.type === 'policy.changed') {
    return { actor: { kind: 'system' }, policy, previous_policy: { sha256: text.of(event.previousSha256) } };
  }
  const { view, action, resource, candidateSha256 } = event;
  return present<LeafDetails>({
    ...leafByCaller(event, ref, text),
    action,
    resource: resource && leafResource(resource, text),
    policy,
    candidate_policy: candidateSha256 === undefined ? undefined : { sha256: text.of(candidateSha256) },
    review: present<LeafReview>({ view }),
  });
}

export function leafShadow({ effect, rule, denyCode, policySha256 }: RecordedShadow, text: LeafText): LeafShadow {
  return present<LeafShadow>({
    decision: effect,
    rule_id: text.maybe(rule),
    deny_code: text.maybe(denyCode),
    policy: { sha256: text.of(policySha256) },
  });
}
