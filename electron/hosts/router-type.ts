import type { Router } from '@orpc/server';
import type { Contract } from '../../shared/contract/index.ts';
import type { CallContext } from '../engine/call-context.ts';

/** What a host serves: the contract, implemented; the host says of a call whether it comes from another machine. */
export type HostedRouter = Router<Contract, CallContext>;
