import type { Router } from '@orpc/server';
import type { Contract } from '../../shared/contract/index.ts';

/** What a host serves: the contract, implemented; it needs no context of the host. */
export type HostedRouter = Router<Contract, Record<never, never>>;
