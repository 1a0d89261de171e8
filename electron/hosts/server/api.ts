import type { ORPCError } from '@orpc/client';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { callError } from '../../../shared/contract/errors.ts';
import { contract } from '../../../shared/contract/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import type { HostedRouter } from '../router-type.ts';
import { typedErrors } from '../rpc-errors.ts';
import { countCalls } from './calls.ts';

/** Where the contract is served as plain JSON over HTTP. */
export const API_PREFIX = '/api';

/** The contract as JSON over HTTP, for scripts; how many calls may run at once holds for all of them together. */
export function createApi(router: HostedRouter, unexpected: (error: unknown) => void) {
  return new OpenAPIHandler(router, {
    clientInterceptors: [typedErrors(unexpected), countCalls(() => false)],
    customErrorResponseBodyEncoder: (error) => listed(error, unexpected).toJSON(),
  });
}

const UNREADABLE = 'the body cannot be read as its Content-Type says';

/** The handler's own complaint about a body becomes INVALID_INPUT; errors of calls are of the closed list already. */
function listed(error: ORPCError<string, unknown>, unexpected: (error: unknown) => void) {
  const unreadable = error.code === 'BAD_REQUEST' && error.data === undefined;
  return callError(unreadable ? new BrainnetError('INVALID_INPUT', { problem: UNREADABLE }) : error, unexpected);
}

/** The OpenAPI document of the contract, made once. */
export function openApiDocument(version: string): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => {
    made ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
      .generate(contract, {
        info: { title: 'Brainnet', version },
        servers: [{ url: API_PREFIX }],
        security: [{ bearer: [] }],
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      })
      .then((document) => JSON.stringify(document));
    return made;
  };
}
