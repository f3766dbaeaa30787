import { judgeOwnership, judgeRoles, SelfCheck, type SelfCheckPorts, type SelfKnowledge } from '#operations';
import type { Logger } from 'pino';
import type { Ending } from './ending.ts';

/** Checks our standing at Microsoft once, so that readiness knows it from the first request on, and then for ever. */
export async function startSelfCheck(ports: SelfCheckPorts, log: Logger, ending: Ending): Promise<SelfCheck> {
  const selfCheck = new SelfCheck(ports);
  const tell = (knowledge: SelfKnowledge): void => {
    const roles = judgeRoles(knowledge, ports.allowedRoles);
    const ownership = judgeOwnership(knowledge, ports.catalog());
    const well = roles.kind === 'fitting' && (ownership.kind === 'complete' || ownership.kind === 'not_needed');
    if (!well) log.warn({ roles, ownership }, 'our standing at Microsoft is not as it should be');
  };
  tell(await selfCheck.run());
  const stopping = new AbortController();
  const ended = selfCheck.keepChecking(stopping.signal, tell);
  ending.add(async () => {
    stopping.abort();
    await ended;
  });
  return selfCheck;
}
