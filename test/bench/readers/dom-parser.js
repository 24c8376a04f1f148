// Bytes in, entries out: the browser's own parser, and the same fields as they stand in the feed.
const decoder = new TextDecoder();

export function read(bytes) {
  const feed = new DOMParser().parseFromString(decoder.decode(bytes), 'text/xml');
  return Array.from(feed.querySelectorAll('item'), (item) => {
    const textOf = (name) => item.querySelector(name)?.textContent;
    return {
      title: textOf('title'),
      link: textOf('link'),
      date: new Date(textOf('pubDate')),
      summary: textOf('description'),
      author: textOf('creator'),
      categories: Array.from(item.querySelectorAll('category'), ({ textContent }) => textContent),
    };
  });
}
