import { escapeHtml } from '../cards/html/render.ts';
import { pageFrame } from './page-frame.ts';
import type { PageConfig } from './wire.ts';

/** The page's HTML: no script and no style of its own, so that the content security policy can forbid both. */
export function playgroundPage(config: PageConfig): string {
  return pageFrame(`<div id="app" data-config="${escapeHtml(JSON.stringify(config))}"><p class="loading">Loading the playground…</p></div>
<noscript>The playground needs JavaScript. The same answers come from the command line: threatbrief ask APT39.</noscript>
<script type="module" src="/playground/page.js"></script>`);
}
