import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../src/cards/html/render.ts';
import { cardRendererContract } from '../../contracts/card-renderer-contract.ts';
import { cleared } from '../../helpers/cleared.ts';
import { sampleCard } from '../../helpers/sample-card.ts';

const allowedTags =
  /<\/?(?:article|header|h2|h3|p|strong|em|code|sup|ul|li|dl|dt|dd|section|footer|br|table|thead|tbody|tr|td)(?: class="[a-z -]+")?>|<th scope="col">|<\/th>|<a href="https?:\/\/[^"<>]*" rel="noopener noreferrer nofollow">|<\/a>/g;

function unescapeHtml(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

cardRendererContract({
  name: 'renderHtml',
  render: (card) => ({ payload: renderHtml(cleared(card)), dropped: [] }),
  check: (html) =>
    /[<>"]/.test(html.replace(allowedTags, '')) ? ['markup that the renderer does not write'] : [],
  shownText: (html) => unescapeHtml(html.replace(allowedTags, '')),
});

describe('renderHtml', () => {
  it('opens links without telling where they came from', () => {
    const html = renderHtml(cleared(sampleCard));

    expect(html).toContain(
      '<a href="https://attack.mitre.org/groups/G9999/" rel="noopener noreferrer nofollow">MITRE ATT&amp;CK Enterprise</a>',
    );
  });
});
