import type { ClientId, ObjectId } from '#kernel';
import type { CallRun } from './call-run.ts';
import { type DirectoryPage, readAssignments, readObjectIds, readPrincipal } from './directory-body.ts';
import { appRoleAssignmentsPath, ownedObjectsPath, principalPath } from './directory-path.ts';
import type { GraphCalls } from './graph-calls.ts';
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
  readonly #calls: GraphCalls;

  constructor(calls: GraphCalls) {
    super();
    this.#calls = calls;
  }

  override principalOf(clientId: ClientId, call: GraphCall): Promise<GraphResult<ObjectId>> {
    const path = principalPath(clientId);
    return this.#calls.make('GET', path, call, (run) =>
      run.answer(`${path.path}?$select=id,appId`, (reply) => judgeRead(reply, (body) => readPrincipal(body, clientId))),
    );
  }

  override rolesOf(principal: ObjectId, call: GraphCall): Promise<GraphResult<readonly AppRoleAssignment[]>> {
    const path = appRoleAssignmentsPath(principal);
    return this.#calls.make('GET', path, call, (run) =>
      this.#everyPage(run, path, `?$top=${pageSize}`, readAssignments),
    );
  }

  override async ownedBy(principal: ObjectId, call: GraphCall): Promise<GraphResult<ReadonlySet<string>>> {
    const path = ownedObjectsPath(principal);
    return this.#calls.make('GET', path, call, async (run) => {
      const ending = await this.#everyPage(run, path, `?$select=id&$top=${pageSize}`, readObjectIds);
      return ending.kind === 'done' ? { kind: 'done', value: new Set(ending.value) } : ending;
    });
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
      path = nextPagePath(nextLink, this.#calls.host, first);
    }
    return { kind: 'refused', refusal: 'malformed_reply' };
  }
}
