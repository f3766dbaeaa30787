import { z } from 'zod';
import type { ClientId } from '#kernel';
import { parseJson } from './graph-body.ts';
import type { GraphRefusal } from './graph-gateway.ts';
import type { GraphReply } from './graph-transport.ts';

const owners = z.looseObject({ value: z.array(z.looseObject({ appId: z.string().optional() })) });

/**
 * What a 401 to a sound token means, from the reply to a look at the target's owners. Graph says the same empty
 * `UnknownError` to a missing owner and to a missing permission. Missing ownership is by far the more common, so that is
 * what it means unless the owners tell otherwise: we are one of them, or may not even read them, which
 * `Application.ReadWrite.OwnedBy` allows.
 * @see https://learn.microsoft.com/graph/api/serviceprincipal-list-owners
 */
export function diagnoseRefusal(
  reply: GraphReply | undefined,
  ourself: ClientId,
): Extract<GraphRefusal, 'not_owned' | 'forbidden'> {
  if (reply === undefined) return 'not_owned';
  if (reply.status === 401 || reply.status === 403) return 'forbidden';
  if (reply.status !== 200) return 'not_owned';
  const page = owners.safeParse(parseJson(reply.body));
  const owned = page.success && page.data.value.some(({ appId }) => appId?.toLowerCase() === ourself);
  return owned ? 'forbidden' : 'not_owned';
}
