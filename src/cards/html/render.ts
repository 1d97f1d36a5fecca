import { assertNever } from '../../support/assert-never.ts';
import { itemActions } from '../build.ts';
import type { Action, Card, Item, Section, SourceNote, Span, Text } from '../card.ts';
import { type ClearedCard, cardOf } from '../cleared.ts';
import {
  asOfLine,
  citeLabel,
  evidenceLine,
  formatDate,
  markingLabel,
  sourceDetails,
  withheldLine,
} from '../format.ts';
import { hiddenLabel, sizeOf } from '../hidden.ts';
import { tidyCard } from '../tidy.ts';

/**
 * A card as an HTML fragment: one `<article class="threatbrief-card">` without scripts, styles, images or ids. All
 * data is escaped; links are http or https and open without telling where they came from. Whole, as text is.
 */
export function renderHtml(cleared: ClearedCard): string {
  const { card: tidy } = tidyCard(cardOf(cleared));
  const parts = [
    `<header>${headHtml(tidy)}</header>`,
    ...tidy.sections.map(sectionHtml),
    sourcesHtml(tidy.sources),
    linksHtml(tidy.actions),
    footerHtml(tidy),
  ];
  return `<article class="threatbrief-card">\n${parts.filter((part) => part !== '').join('\n')}\n</article>`;
}

/** Escapes for text and for attribute values in double or single quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function headHtml(card: Card): string {
  const badges = card.badges.map(
    ({ text, tone }) => `<li class="badge badge-${tone}">${escapeHtml(text)}</li>`,
  );
  const marks = [
    escapeHtml(asOfLine(card.asOf)),
    ...(card.evidence === undefined ? [] : [escapeHtml(evidenceLine(card.evidence))]),
  ];
  return [
    `<h2>${escapeHtml(card.title)}</h2>`,
    card.subtitle === undefined ? '' : `<p class="subtitle">${textHtml(card.subtitle)}</p>`,
    `<p class="marking"><strong>${escapeHtml(markingLabel(card.marking))}</strong> · ${marks.join(' · ')}</p>`,
    badges.length === 0 ? '' : `<ul class="badges">${badges.join('')}</ul>`,
  ].join('');
}

function sectionHtml(section: Section): string {
  const note = hiddenLabel(section, sizeOf(section));
  if (sizeOf(section) === 0 && note === undefined) return '';
  return [
    '<section>',
    section.heading === undefined ? '' : `<h3>${escapeHtml(section.heading)}</h3>`,
    bodyHtml(section),
    note === undefined ? '' : `<p class="note">+${escapeHtml(note)}</p>`,
    '</section>',
  ].join('');
}

function bodyHtml(section: Section): string {
  switch (section.type) {
    case 'text':
      return section.paragraphs.map((text) => `<p>${textHtml(text).replaceAll('\n', '<br>')}</p>`).join('');
    case 'fields':
      return `<dl>${section.fields.map(({ label, value }) => pairHtml(escapeHtml(label), textHtml(value))).join('')}</dl>`;
    case 'list':
      return `<ul>${section.items.map(itemHtml).join('')}</ul>`;
    case 'timeline':
      return `<dl>${section.items.map(({ date, text }) => pairHtml(escapeHtml(formatDate(date)), textHtml(text))).join('')}</dl>`;
    case 'table':
      return tableHtml(section.columns, section.rows);
    default:
      return assertNever(section);
  }
}

function pairHtml(title: string, value: string): string {
  return `<dt>${title}</dt><dd>${value}</dd>`;
}

function itemHtml(item: Item): string {
  const links = itemActions(item).flatMap((action) =>
    action.type === 'link' ? [` ${linkHtml(escapeHtml(action.label), action.url)}`] : [],
  );
  return `<li>${textHtml(item.text)}${links.join('')}</li>`;
}

function tableHtml(columns: readonly string[], rows: readonly (readonly Text[])[]): string {
  const head = columns.map((words) => `<th scope="col">${escapeHtml(words)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${textHtml(text)}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

function textHtml(text: Text): string {
  return text.map(spanHtml).join('');
}

function spanHtml(span: Span): string {
  const cites = citeLabel(span.cites);
  const words = styled(escapeHtml(span.text), span.style);
  const shown = span.link === undefined ? words : linkHtml(words, span.link);
  return cites === '' ? shown : `${shown}<sup>${cites}</sup>`;
}

function styled(html: string, style: Span['style']): string {
  switch (style) {
    case 'bold':
      return `<strong>${html}</strong>`;
    case 'italic':
      return `<em>${html}</em>`;
    case 'code':
      return `<code>${html}</code>`;
    case undefined:
      return html;
    default:
      return assertNever(style);
  }
}

/** `label` is HTML already; `url` has passed `safeUrl`. */
function linkHtml(label: string, url: string): string {
  return `<a href="${escapeHtml(url)}" rel="noopener noreferrer nofollow">${label}</a>`;
}

function sourcesHtml(sources: readonly SourceNote[]): string {
  if (sources.length === 0) return '';
  const items = sources.map((note) => {
    const title = escapeHtml(note.title);
    const linked = note.url === undefined ? title : linkHtml(title, note.url);
    return `<li>[${note.number}] ${linked} · ${escapeHtml(sourceDetails(note).join(' · '))}</li>`;
  });
  return `<section class="sources"><h3>Sources</h3><ul>${items.join('')}</ul></section>`;
}

/** A fragment has no one to take a command, so only links are offered. */
function linksHtml(actions: readonly Action[]): string {
  const links = actions.flatMap((action) =>
    action.type === 'link' ? [`<li>${linkHtml(escapeHtml(action.label), action.url)}</li>`] : [],
  );
  return links.length === 0 ? '' : `<ul class="links">${links.join('')}</ul>`;
}

function footerHtml(card: Card): string {
  const line = withheldLine(card.withheld);
  return line === undefined ? '' : `<footer>${escapeHtml(line)}</footer>`;
}
