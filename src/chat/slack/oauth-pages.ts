import { escapeHtml } from '../../cards/html/render.ts';
import type { InstallationFacts } from '../../store/types.ts';
import { slackCommand } from './surface.ts';

/** What a person reads in the browser after an installation; every word of others is escaped. */
interface Page {
  readonly status: number;
  readonly title: string;
  /** Paragraphs of plain text. */
  readonly lines: readonly string[];
  readonly link?: { readonly label: string; readonly url: string };
}

function pageResponse({ status, title, lines, link }: Page): Response {
  const paragraphs = lines.map((line) => `<p>${escapeHtml(line)}</p>`);
  const links =
    link === undefined ? [] : [`<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`];
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title></head>`,
    `<body><main><h1>${escapeHtml(title)}</h1>`,
    ...paragraphs,
    ...links,
    '</main></body></html>',
    '',
  ].join('\n');
  return new Response(html, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

export function installedPage(facts: InstallationFacts, wanted: readonly string[]): Response {
  const { isOrganisation, scopes } = facts;
  const missing = wanted.filter((scope) => !scopes.includes(scope));
  const where = isOrganisation
    ? ' Workspaces of the organisation get it when an administrator adds it to them.'
    : '';
  return pageResponse({
    status: 200,
    title: `threatbrief is installed in ${shownName(facts.name)}`,
    lines: [
      `In Slack, type ${slackCommand.command} APT39: only you see the answer, and Share posts it to the channel.${where}`,
      'To mention threatbrief in a channel, or to get a digest there, invite it first: /invite @threatbrief. Then subscribe with '.concat(
        `${slackCommand.command} subscribe weekdays at 8.`,
      ),
      ...(missing.length === 0
        ? []
        : [
            `Slack did not grant ${missing.join(', ')}: what needs it will not work until the app has the newest manifest and is installed again.`,
          ]),
      'This page can be closed.',
    ],
    ...openSlack(facts),
  });
}

function openSlack({ appId, teamId }: InstallationFacts): Pick<Page, 'link'> {
  if (appId === null || teamId === null) return {};
  const query = new URLSearchParams({ app: appId, team: teamId });
  return { link: { label: 'Open it in Slack', url: `https://slack.com/app_redirect?${query.toString()}` } };
}

/** @param tryAgain where an installation begins */
export function deniedPage(tryAgain: string): Response {
  return pageResponse({
    status: 403,
    title: 'threatbrief was not installed',
    lines: [
      'Slack says that the installation was not allowed, or was cancelled. Nothing was changed.',
      'Where only administrators may install apps, ask one of them, or send them the address of this link.',
    ],
    link: againLink(tryAgain),
  });
}

export function notAllowedPage({ key, name }: InstallationFacts): Response {
  return pageResponse({
    status: 403,
    title: 'threatbrief is not for this workspace',
    lines: [
      `Whoever runs this threatbrief did not allow ${shownName(name)}. Slack’s token was not kept, and nothing is answered there: the app can be removed in Slack again.`,
      `To have it allowed, send whoever runs it this id: ${key}`,
    ],
  });
}

export function mismatchPage(tryAgain: string): Response {
  return pageResponse({
    status: 400,
    title: 'This installation was not begun here',
    lines: [
      'An installation is completed in the browser in which it was begun, within ten minutes, and once. Nothing was changed.',
      'Begin it here, with cookies allowed, and stay in this browser.',
    ],
    link: againLink(tryAgain),
  });
}

export function expiredPage(tryAgain: string): Response {
  return pageResponse({
    status: 400,
    title: 'This took too long, or was done already',
    lines: [
      'An installation is completed within ten minutes, and once. If threatbrief answers in Slack, all is well; else begin again.',
    ],
    link: againLink(tryAgain),
  });
}

/**
 * @param code Slack's own word, of lower-case letters and underscores
 * @param isFromSlack false where anybody may have written the code: it then is no failure of ours
 */
export function refusedPage(code: string, tryAgain: string, isFromSlack: boolean): Response {
  const isOurs = /client|redirect_uri|app_id|scope/.test(code);
  return pageResponse({
    status: isOurs && isFromSlack ? 500 : 400,
    title: 'Slack did not complete the installation',
    lines: [
      `Slack answered ${shownName(code)}. Nothing was changed.`,
      isOurs
        ? 'Whoever runs threatbrief should compare SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PUBLIC_URL with the settings of the Slack app, its redirect URLs among them.'
        : 'Begin again; the code that Slack gives is of use for a few minutes, and once.',
    ],
    link: againLink(tryAgain),
  });
}

/** @param reference what the log has the failure under */
export function failedPage(reference: string, tryAgain: string): Response {
  return pageResponse({
    status: 503,
    title: 'threatbrief could not complete the installation',
    lines: [
      'Slack, or the database here, does not answer now. Begin again in a minute.',
      `If it fails again, give whoever runs threatbrief this reference: ${reference}`,
    ],
    link: againLink(tryAgain),
  });
}

function againLink(url: string): { readonly label: string; readonly url: string } {
  return { label: 'Install threatbrief', url };
}

/** A name of others on one line: without what is not seen, or turns text around. */
function shownName(name: string): string {
  const seen = name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return seen.length > 80 ? `${seen.slice(0, 80)}…` : seen || 'Slack';
}
