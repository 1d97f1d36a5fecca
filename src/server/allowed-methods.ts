/** One registered route, as Hono lists it. */
interface Route {
  readonly method: string;
  readonly path: string;
}

/**
 * The methods that some route takes at a path, sorted; HEAD goes wherever GET does. Empty where there is nothing at all.
 * A parameter stands for any one segment here: whether its value is known shows when the route is asked.
 */
export function allowedMethods(routes: readonly Route[], path: string): readonly string[] {
  const segments = path.split('/');
  const methods = new Set<string>();
  for (const route of routes) {
    if (route.method === 'ALL' || !isAt(route.path.split('/'), segments)) continue;
    methods.add(route.method);
    if (route.method === 'GET') methods.add('HEAD');
  }
  return [...methods].sort();
}

function isAt(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part.startsWith(':') || part === segments[index])
  );
}
