// Feeds with obviously made-up content, one of each format.

export function rss(items: string, link = 'https://blog.example/'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Heron Research</title><link>${link}</link>${items}</channel></rss>`;
}

export function atom(entries: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Heron Research</title><link href="https://blog.example/"/>${entries}</feed>`;
}

export function json(items: readonly unknown[]): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Heron Research',
    home_page_url: 'https://blog.example/',
    items,
  });
}

export const rdf = `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://blog.example/feed"><title>Heron Research</title><link>https://blog.example/</link>
<items><rdf:Seq><rdf:li rdf:resource="https://blog.example/a"/></rdf:Seq></items></channel>
<item rdf:about="https://blog.example/a"><title>A title</title><link>https://blog.example/a</link>
<dc:creator>Some One</dc:creator><dc:date>2026-03-03T10:00:00+01:00</dc:date><description>A text.</description></item>
</rdf:RDF>`;
