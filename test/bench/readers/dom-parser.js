// Bytes in, entries out: the browser's own parser, and the same fields. The summary is HTML in the feed and text in an entry,
// for no HTML of a stranger may reach a page.
const decoder = new TextDecoder();

const textOfHtml = (html) => new DOMParser().parseFromString(html ?? '', 'text/html').body.textContent.trim();

export function read(bytes) {
  const feed = new DOMParser().parseFromString(decoder.decode(bytes), 'text/xml');
  return Array.from(feed.querySelectorAll('item'), (item) => {
    const textOf = (name) => item.querySelector(name)?.textContent;
    return {
      title: textOf('title'),
      link: textOf('link'),
      date: new Date(textOf('pubDate')),
      summary: textOfHtml(textOf('description')),
      author: textOf('creator'),
      categories: Array.from(item.querySelectorAll('category'), ({ textContent }) => textContent),
    };
  });
}
