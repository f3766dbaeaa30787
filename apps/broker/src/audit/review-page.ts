import { type AuditQuery, formatQuery, type Reviewed, type ReviewPage } from '#audit';
import { cursorOf, positionOf } from './page-cursor.ts';
import { type PageParameters, queryOf } from './review-parameters.ts';

/** What a request for a page of a list asks for, and how its neighbours are linked. */
export class AskedPage {
  readonly query: AuditQuery;
  readonly page: ReviewPage;
  readonly #path: string;
  readonly #parameters: PageParameters;
  readonly #list: string;

  /** Throws QueryMalformed and InvalidInput `cursor_invalid`. */
  constructor(path: string, parameters: PageParameters) {
    const { order, limit, cursor } = parameters;
    this.#path = path;
    this.#parameters = parameters;
    this.query = queryOf(parameters);
    this.#list = `${path} ${order} ${formatQuery(this.query)}`;
    this.page = { order, limit, ...(cursor !== undefined && { after: positionOf(cursor, this.#list) }) };
  }

  /** Value of the Link header. Its targets are relative, because a proxy may show us under another name.
   * @see https://www.rfc-editor.org/rfc/rfc8288
   */
  links({ next }: Reviewed<unknown>): string {
    const links = [`<${this.#target()}>; rel="first"`];
    if (next !== undefined) links.push(`<${this.#target(cursorOf(this.#list, next))}>; rel="next"`);
    return links.join(', ');
  }

  #target(cursor?: string): string {
    const { order, limit } = this.#parameters;
    const q = formatQuery(this.query);
    const parameters = new URLSearchParams({
      ...(q !== '' && { q }),
      order,
      limit: String(limit),
      ...(cursor !== undefined && { cursor }),
    });
    return `${this.#path}?${parameters.toString()}`;
  }
}
