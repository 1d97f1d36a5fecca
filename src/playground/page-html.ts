import { escapeHtml } from '../cards/html/render.ts';
import type { PageConfig } from './wire.ts';

/** The page's HTML: no script and no style of its own, so that the content security policy can forbid both. */
export function playgroundPage(config: PageConfig): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>threatbrief playground</title>
<link rel="icon" href="/playground/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/playground/page.css">
</head>
<body>
<div id="app" data-config="${escapeHtml(JSON.stringify(config))}"><p class="loading">Loading the playground…</p></div>
<noscript>The playground needs JavaScript. The same answers come from the command line: threatbrief ask APT39.</noscript>
<script type="module" src="/playground/page.js"></script>
</body>
</html>
`;
}
