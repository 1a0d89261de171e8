import type { Router } from '@orpc/server';
import type { CallContext } from '../../shared/contract/call-context.ts';
import type { Contract } from '../../shared/contract/index.ts';

/** What a host serves: the contract, implemented; the host says of a call whether it comes from another machine. */
export type HostedRouter = Router<Contract, CallContext>;
