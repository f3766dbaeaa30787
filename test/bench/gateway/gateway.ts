import { circumstances, type Scenario } from '../scenario.ts';
import { sideBySide } from './side-by-side.ts';

/** What a pause costs on its whole way, beside what others use in our place. */
export const gateway: Scenario = async ({ rounds }) => {
  const peers = await sideBySide(rounds);
  return ['## Gateway', '### A pause', peers, circumstances()].join('\n\n');
};
