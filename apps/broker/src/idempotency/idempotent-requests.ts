import type { Claim, ClaimStore } from '#audit';
import { callerOf } from '#auth';
import type { Clock } from '#kernel';
import type { Replays } from '#operations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogue } from '../edge/error-catalogue.ts';
import { contextOf } from '../edge/request-context.ts';
import { type ClaimedRequest, claimedRequestOf } from './claimed-request.ts';
import { IdempotencyInFlight, IdempotencyKeyReused } from './idempotency-error.ts';
import { type KeptReply, replayedHeader, ReplayedReply } from './replayed-reply.ts';
import { openReply, sealReply } from './sealed-reply.ts';

/** Longer than any request takes. A claim whose holder went away before it changed anything is free after that. */
const leaseMillis = 60_000;
/** How long a repeat waits for the first request. */
const patienceMillis = 2_000;
const firstWaitMillis = 25;
const longestWaitMillis = 400;

export interface IdempotentRequestsPorts {
  readonly claims: ClaimStore;
  readonly replays: Replays;
  readonly clock: Clock;
  readonly keptMillis: number;
}

type Settled = Exclude<Claim, { kind: 'in_flight' | 'other_request' }>;

/** Requests with an Idempotency-Key: the first one is done, its repeats get its reply. */
export class IdempotentRequests {
  readonly #ports: IdempotentRequestsPorts;

  constructor(ports: IdempotentRequestsPorts) {
    this.#ports = ports;
  }

  /**
   * Resolves for the first request, and for one to be done again because nothing came of the first. Otherwise throws:
   * {@link ReplayedReply}, the error that the first came to, or why there is no answer.
   */
  async begin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const claimed = claimedRequestOf(request);
    const claim = await this.#settled(claimed);
    if (claim.kind === 'ours') {
      const context = contextOf(request);
      context.claimed = claimed;
      context.facts = { ...context.facts, claim: claimed.holder };
      return;
    }
    if (claim.kind === 'answered') {
      const kept = openReply(claim.reply, claimed);
      await this.#permit(request, claim.event, kept.status);
      throw new ReplayedReply(kept);
    }
    await this.#answerFromLog(claim, claimed, request, reply);
  }

  /**
   * Keeps the reply that is about to be sent, or leaves the key free when nothing came of the request. A change without
   * a reply worth keeping is left to the log.
   */
  async end(claimed: ClaimedRequest, reply: KeptReply): Promise<void> {
    const { claims } = this.#ports;
    const { holder } = claimed;
    const { status } = reply;
    if (nothingDone.has(status)) return claims.release(holder, false);
    const kept = status !== 500 && (await claims.answer(holder, sealReply(reply, claimed), status >= 300));
    if (!kept) await claims.release(holder, true);
  }

  /** Waits while the first request is under way. */
  async #settled({ holder, digest }: ClaimedRequest): Promise<Settled> {
    const { claims, clock, keptMillis } = this.#ports;
    const until = clock.now() + patienceMillis;
    for (let wait = firstWaitMillis; ; wait = Math.min(wait * 2, longestWaitMillis)) {
      const claim = await claims.claim(holder, digest, leaseMillis, keptMillis);
      if (claim.kind === 'other_request') throw new IdempotencyKeyReused();
      if (claim.kind !== 'in_flight') return claim;
      const left = until - clock.now();
      if (left <= 0) throw new IdempotencyInFlight();
      await clock.wait(Math.min(wait, left));
    }
  }

  /** The first request's broker died, or could not keep its reply. */
  async #answerFromLog(
    { event }: Extract<Claim, { kind: 'orphaned' }>,
    claimed: ClaimedRequest,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { claims, replays } = this.#ports;
    const end = await replays.endOf(event);
    if (end.kind === 'free') {
      await claims.free(claimed.holder.id, event);
      return this.begin(request, reply);
    }
    if (end.kind === 'begun') {
      await this.#permit(request, event, 202);
      throw new ReplayedReply({ status: 202, headers: { location: `/api/operations/${event}` }, body: '' });
    }
    const status = end.kind === 'done' ? 204 : catalogue[end.error.code].status;
    await this.#permit(request, event, status);
    if (end.kind === 'done') throw new ReplayedReply({ status, headers: {}, body: '' });
    reply.header(replayedHeader, 'true');
    throw end.error;
  }

  #permit(request: FastifyRequest, ...about: [event: Parameters<Replays['permit']>[1], status: number]): Promise<void> {
    return this.#ports.replays.permit({ request: contextOf(request).facts, caller: callerOf(request) }, ...about);
  }
}

/** With these nothing was done, and the same request may have another end next time. */
const nothingDone: ReadonlySet<number> = new Set([400, 401, 403, 429, 503]);
