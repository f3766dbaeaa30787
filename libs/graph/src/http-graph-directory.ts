import { assertIntentReceipt, type ClientId, type ObjectId } from '#kernel';
import { CallRun, type CallTools } from './call-run.ts';
import { DeadlineWatch } from './deadline.ts';
import { type DirectoryPage, readAssignments, readObjectIds, readPrincipal } from './directory-body.ts';
import { appRoleAssignmentsPath, ownedObjectsPath, principalPath } from './directory-path.ts';
import { type AppRoleAssignment, GraphDirectory } from './graph-directory.ts';
import type { GraphCall, GraphResult } from './graph-gateway.ts';
import { type GraphPath, nextPagePath } from './graph-path.ts';
import type { GraphReply } from './graph-transport.ts';
import { type Ending, judgeRead } from './verdict.ts';

/** Graph gives up to 999 objects at once; a principal with more than 20 times as many is not one that serves this. */
const pageSize = 999;
const maxPages = 20;

/** {@link GraphDirectory} over HTTP: three reads, each with its own fixed path. */
export class HttpGraphDirectory extends GraphDirectory {
  readonly #tools: CallTools;
  readonly #deadlines: DeadlineWatch;

  constructor(tools: CallTools) {
    super();
    this.#tools = tools;
    this.#deadlines = new DeadlineWatch(tools.clock);
  }

  /** To be called after the last call has ended. */
  close(): void {
    this.#deadlines.close();
  }

  override principalOf(clientId: ClientId, call: GraphCall): Promise<GraphResult<ObjectId>> {
    const path = principalPath(clientId);
    return this.#run(path, call, (run) =>
      run.answer(`${path.path}?$select=id,appId`, (reply) => judgeRead(reply, (body) => readPrincipal(body, clientId))),
    );
  }

  override rolesOf(principal: ObjectId, call: GraphCall): Promise<GraphResult<readonly AppRoleAssignment[]>> {
    const path = appRoleAssignmentsPath(principal);
    return this.#run(path, call, (run) => this.#everyPage(run, path, `?$top=${pageSize}`, readAssignments));
  }

  override async ownedBy(principal: ObjectId, call: GraphCall): Promise<GraphResult<ReadonlySet<string>>> {
    const path = ownedObjectsPath(principal);
    return this.#run(path, call, async (run) => {
      const ending = await this.#everyPage(run, path, `?$select=id&$top=${pageSize}`, readObjectIds);
      return ending.kind === 'done' ? { kind: 'done', value: new Set(ending.value) } : ending;
    });
  }

  async #run<Value>(
    path: GraphPath,
    call: GraphCall,
    steps: (run: CallRun) => Promise<Ending<Value>>,
  ): Promise<GraphResult<Value>> {
    assertIntentReceipt(call.receipt);
    const deadline = this.#deadlines.begin(call.deadline);
    try {
      const run = new CallRun(this.#tools, 'GET', path, call.receipt.eventId, deadline);
      const ending = await steps(run);
      return { ...ending, evidence: run.evidence.get() };
    } finally {
      this.#deadlines.end(deadline);
    }
  }

  /** All pages or none: with part of a list a role could hide and an owned object would look lost. */
  async #everyPage<Item>(
    run: CallRun,
    first: GraphPath,
    query: string,
    read: (body: GraphReply['body']) => DirectoryPage<Item> | undefined,
  ): Promise<Ending<readonly Item[]>> {
    const items: Item[] = [];
    let path: string | undefined = `${first.path}${query}`;
    for (let page = 0; page < maxPages && path !== undefined; page += 1) {
      const answer = await run.answer(path, (reply) => judgeRead(reply, read));
      if (answer.kind !== 'done') return answer;
      items.push(...answer.value.items);
      const { nextLink } = answer.value;
      if (nextLink === undefined) return { kind: 'done', value: items };
      path = nextPagePath(nextLink, this.#tools.transport.host, first);
    }
    return { kind: 'refused', refusal: 'malformed_reply' };
  }
}
