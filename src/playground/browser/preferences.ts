import { useEffect, useState } from 'react';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const views = ['both', 'slack', 'teams', 'text'] as const;
export type View = (typeof views)[number];

/** A choice that this browser remembers, where it lets a page remember things. */
export function useRemembered<Value extends string>(
  key: string,
  values: readonly Value[],
  first: () => Value,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    const stored = read(key);
    return values.find((known) => known === stored) ?? first();
  });
  return [
    value,
    (next) => {
      setValue(next);
      write(key, next);
    },
  ];
}

export function systemTheme(): Theme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** True while the window is narrower than two cards side by side need. */
export function useIsNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => narrow().matches);
  useEffect(() => {
    const query = narrow();
    const update = (): void => setIsNarrow(query.matches);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);
  return isNarrow;
}

function narrow(): MediaQueryList {
  return window.matchMedia('(max-width: 900px)');
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(`threatbrief.${key}`);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(`threatbrief.${key}`, value);
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}
