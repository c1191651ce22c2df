import type { FastifySerializerCompiler } from 'fastify';
import { ResponseSerializationError } from 'fastify-type-provider-zod';
import { z } from 'zod';

/**
 * Writes answers by their schemas: what a schema does not declare stays out, what contradicts it is our fault. Only
 * the upper limits are for readers of the document: facts that are once recorded are shown, however many they are.
 */
export const replies: FastifySerializerCompiler<z.ZodType | { properties: z.ZodType }> = ({
  schema,
  method,
  url,
}) => {
  const declared = 'properties' in schema ? schema.properties : schema;
  return (data) => {
    const written = z.safeEncode(declared, data as never);
    if (written.success) return JSON.stringify(written.data);
    if (written.error.issues.every((issue) => issue.code === 'too_big')) return JSON.stringify(data);
    throw new ResponseSerializationError(method, url, { cause: written.error });
  };
};
