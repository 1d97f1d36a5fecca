import { isAskedByOwnName, isFromThisMachine } from '../support/from-this-machine.ts';
import { bearerToken, isSameSecret } from '../support/same-secret.ts';

/**
 * Who may see figures and the states of parts: anyone on this machine who asks for it by `localhost` or an address, and
 * elsewhere whoever shows the token.
 */
export interface InsightSettings {
  /** Absent: nobody elsewhere. */
  readonly token?: string;
}

/** True when a request may see `/metrics` and the parts of `/readyz`. */
export function maySeeInside(
  { token }: InsightSettings,
  remoteAddress: string | undefined,
  headers: Headers,
): boolean {
  if (isFromThisMachine(remoteAddress, headers) && isAskedByOwnName(headers)) return true;
  const given = bearerToken(headers);
  return token !== undefined && given !== undefined && isSameSecret(given, token);
}
