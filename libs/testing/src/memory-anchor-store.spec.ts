import { anchorStoreContract } from './anchor-store-contract.ts';
import { MemoryAnchorStore } from './memory-anchor-store.ts';

anchorStoreContract('MemoryAnchorStore', () => Promise.resolve(new MemoryAnchorStore()));
