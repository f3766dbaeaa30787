import type { z } from 'zod';
import { GraphFailure } from './graph-failure.ts';
import type { GraphCall } from './graph-route.ts';

/** The JSON body as `schema` has it; 400 for anything else. */
export function bodyOf<Body>(schema: z.ZodType<Body>, { exchange }: GraphCall): Body {
  try {
    return schema.parse(JSON.parse(exchange.body.toString()));
  } catch {
    throw new GraphFailure(400, 'BadRequest', 'Unable to read JSON request payload.');
  }
}
