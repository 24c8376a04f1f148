/** Returns a feed with these items. */
export function rss(items: string, channel = '<title>Dagboken</title><link>https://dagbok.example/</link>'): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>${channel}${items}</channel></rss>`;
}

/** Returns items with different titles, links and days, newest first. */
export function items(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.UTC(2026, 0, 31 - (index % 28), 12)).toUTCString();
    return `<item><title>Inlägg ${index + 1}</title><link>https://dagbok.example/${index + 1}</link><pubDate>${date}</pubDate></item>`;
  }).join('');
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
