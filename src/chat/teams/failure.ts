import { z } from 'zod';
import { neverConnected } from '../never-connected.ts';

/** What is known of a call of the connector that failed. */
export interface Failure {
  readonly status: number | undefined;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
  /** True: not a byte of the request went out. */
  readonly isUnsent: boolean;
}

const failureSchema = z.looseObject({
  statusCode: z.number().nullish(),
  message: z.string().nullish(),
  response: z
    .looseObject({
      headers: z.custom<{ get(name: string): string | undefined }>(
        (value) => typeof value === 'object' && value !== null && 'get' in value,
      ),
    })
    .nullish(),
});

export function failureOf(error: unknown): Failure {
  const failure = failureSchema.safeParse(error).data;
  const retryAfter = failure?.response?.headers.get('retry-after') ?? '';
  return {
    status: failure?.statusCode ?? undefined,
    message: (failure?.message ?? String(error)).slice(0, 300),
    retryAfterMs: /^\d{1,6}$/.test(retryAfter) ? Math.max(1, Number(retryAfter)) * 1_000 : undefined,
    isUnsent: neverConnected(error),
  };
}
