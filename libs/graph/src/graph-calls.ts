import { assertIntentReceipt } from '#kernel';
import { CallRun, type CallTools } from './call-run.ts';
import { DeadlineWatch } from './deadline.ts';
import type { GraphCall, GraphResult } from './graph-gateway.ts';
import type { GraphPath } from './graph-path.ts';
import type { Ending } from './verdict.ts';

/** Where every call to Graph begins and ends: with an intent's receipt, under a deadline, with evidence of what was sent. */
export class GraphCalls {
  readonly #tools: CallTools;
  readonly #deadlines: DeadlineWatch;

  constructor(tools: CallTools) {
    this.#tools = tools;
    this.#deadlines = new DeadlineWatch(tools.clock);
  }

  /** Host and port of the Graph root. */
  get host(): string {
    return this.#tools.transport.host;
  }

  /** Takes the steps of one call. Throws when the receipt was not issued by the audit log; nothing is sent then. */
  async make<Value>(
    method: 'GET' | 'POST',
    path: GraphPath,
    call: GraphCall,
    steps: (run: CallRun) => Promise<Ending<Value>>,
  ): Promise<GraphResult<Value>> {
    assertIntentReceipt(call.receipt);
    const deadline = this.#deadlines.begin(call.deadline);
    try {
      const run = new CallRun(this.#tools, method, path, call, deadline);
      const ending = await steps(run);
      return { ...ending, evidence: run.evidence.get() };
    } finally {
      this.#deadlines.end(deadline);
    }
  }

  /** To be called after the last call has ended. */
  close(): void {
    this.#deadlines.close();
  }
}
