import { isLoopback } from '../config/parse-values.ts';
import type { Settings } from '../config/settings.ts';
import type { PlaygroundSettings } from '../playground/api.ts';
import type { InsightSettings } from '../server/insight.ts';

type AccessSettings = Pick<
  Settings,
  'host' | 'publicUrl' | 'playground' | 'playgroundToken' | 'metricsToken'
>;

/** Who may use the page, and by which names it is asked; undefined: there is no page. */
export function pageAccess(
  settings: AccessSettings,
): Pick<PlaygroundSettings, 'guard' | 'hosts'> | undefined {
  const { host, publicUrl, playground, playgroundToken } = settings;
  const isLocal = isLoopback(host);
  if (playground === false || (!isLocal && (playground !== true || playgroundToken === undefined))) {
    return undefined;
  }
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  const names = [host, 'localhost', '127.0.0.1', '[::1]', publicHost].filter((name) => name !== undefined);
  return {
    // Where other machines reach the server and nobody said by which name, any will do: the cookie is of that name only.
    ...(isLocal || publicHost !== undefined ? { hosts: names } : {}),
    guard: {
      isSecure: publicUrl?.startsWith('https:') ?? false,
      ...(playgroundToken === undefined ? {} : { token: playgroundToken }),
    },
  };
}

/** Who may see figures and the states of parts. */
export function insightAccess({ metricsToken }: AccessSettings): InsightSettings {
  return metricsToken === undefined ? {} : { token: metricsToken };
}
