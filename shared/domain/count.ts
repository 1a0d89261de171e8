import { z } from 'zod';

/** A count of tokens. One that cannot be, as earlier versions stored it where a server said so, is read as none. */
export const TokenCount = z.int().min(0).catch(0);
