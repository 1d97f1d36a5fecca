/** The one function of `react-dom/client` that the page uses; its published types are a package of their own. */
declare module 'react-dom/client' {
  import type { ReactNode } from 'react';

  export function createRoot(container: Element): { render(node: ReactNode): void };
}

declare module '*.css';
