import type { Connection } from '../domain/connection.ts';

/** The environment and its files, as the process has them. */
export interface KeyPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string;
}

export type KeyReading =
  | { readonly ok: true; readonly key?: string }
  /** What is wrong and what to do; holds no secret. */
  | { readonly ok: false; readonly problem: string };

/** The key of a connection, from the variable that it names or from the file of `NAME_FILE`. */
export function resolveKey({ keyEnv }: Pick<Connection, 'keyEnv'>, { env, readFile }: KeyPlaces): KeyReading {
  if (keyEnv === undefined) return { ok: true };
  const direct = textOf(env[keyEnv]);
  const file = textOf(env[`${keyEnv}_FILE`]);
  if (direct !== undefined && file !== undefined) {
    return { ok: false, problem: `${keyEnv} and ${keyEnv}_FILE are both set; keep one of them` };
  }
  if (direct !== undefined) return { ok: true, key: direct };
  if (file === undefined) {
    return {
      ok: false,
      problem: `the key is missing: set ${keyEnv}, or ${keyEnv}_FILE to the file that holds it`,
    };
  }
  try {
    const key = textOf(readFile(file));
    if (key !== undefined) return { ok: true, key };
    return { ok: false, problem: `the file of ${keyEnv}_FILE is empty; write the key into it` };
  } catch {
    return {
      ok: false,
      problem: `the file of ${keyEnv}_FILE cannot be read; check its path and permissions`,
    };
  }
}

function textOf(value: string | undefined): string | undefined {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}
