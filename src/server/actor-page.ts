import { type Context, Hono } from 'hono';
import { actorPathPrefix } from '../chat/surfaces-types.ts';
import { errorBody } from './error-body.ts';

const maxNameChars = 300;

/**
 * `GET /actor/NAME`, the address behind a shared link. Where the playground is, it leads there and the page asks; elsewhere a
 * page without any fact says how to ask: who opens an address is not known, and chat previews show what everybody may see.
 */
export function createActorPage({ hasPlayground }: { readonly hasPlayground: boolean }): Hono {
  const pages = new Hono();
  pages.get(`${actorPathPrefix}:name`, (context) => {
    const name = nameOf(context);
    if (name === undefined) {
      return context.json(errorBody('not-found', 'There is nothing at this address.'), 404);
    }
    return hasPlayground
      ? context.redirect(`/?actor=${encodeURIComponent(name)}`, 302)
      : context.html(howToAsk);
  });
  return pages;
}

function nameOf(context: Context): string | undefined {
  const name = (context.req.param('name') ?? '').toWellFormed().trim();
  return name === '' || name.length > maxNameChars ? undefined : name;
}

/** The same for every name: nothing of the address is repeated, and nothing says whether anything is known. */
const howToAsk = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>threatbrief</title>
</head>
<body>
<h1>A briefing in threatbrief</h1>
<p>This link stands for a briefing on a threat actor. It is read in chat, where threatbrief knows who may see what:</p>
<ul>
<li>In Slack, type <code>/apt</code> and the name at the end of this address, or write to threatbrief directly.</li>
<li>In Microsoft Teams, mention threatbrief with the name, or write to it directly.</li>
</ul>
<p>Shared in a channel where threatbrief is installed, the link shows a short preview.</p>
</body>
</html>
`;
