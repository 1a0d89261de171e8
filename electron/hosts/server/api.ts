import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '../../../shared/contract/index.ts';
import type { HostedRouter } from '../router-type.ts';
import { typedErrors } from '../rpc-errors.ts';

/** Where the contract is served as plain JSON over HTTP. */
export const API_PREFIX = '/api';

/** The contract as JSON over HTTP, for scripts. */
export function createApi(router: HostedRouter, unexpected: (error: unknown) => void) {
  return new OpenAPIHandler(router, { clientInterceptors: [typedErrors(unexpected)] });
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
