import { setTimeout } from 'node:timers/promises';

/** A rest between two looks at what will come by itself, because looking takes the processor from what is awaited. */
export async function breath(): Promise<void> {
  await setTimeout(40);
}
