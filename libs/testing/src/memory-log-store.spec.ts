import { logStoreContract } from './log-store-contract.ts';
import { MemoryLogStore } from './memory-log-store.ts';

logStoreContract('MemoryLogStore', () => Promise.resolve(new MemoryLogStore()));
