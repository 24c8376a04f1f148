import { expect } from 'chai';
import type { FeedInit } from '../../src/index.js';
import type { Attributes } from '../support/element.js';
import { collectWarnings } from '../support/console.js';
import { create, appendToPage } from '../support/element.js';
import { rss } from '../support/feeds.js';
import { feedUrl } from '../support/server.js';

/** Returns the hints for an element with these attributes and this content. */
async function hintsFor(attributes: Attributes, content?: string, feed?: FeedInit): Promise<string[]> {
  const lines = await collectWarnings(async () => {
    const element = create(attributes, content);
    if (feed) element.feed = feed;
    appendToPage(element);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  return lines.filter((line) => line.startsWith('diary-feed: '));
}

const SRC = feedUrl({ items: 1 });

describe('a hint on the console', () => {
  const rows: [mistake: string, hint: RegExp, attributes: Attributes, content?: string][] = [
    ['no src', /no src\. Set it/, {}],
    ['a misspelled src', /no src\. Set it/, { scr: SRC }],
    ['commas between tokens', /space-separated/, { src: SRC, show: 'date, summary' }],
    [
      'no end tag, and so the page’s footer',
      /ends with <\/diary-feed>/,
      { src: SRC },
      '<a href="/">D</a><div><footer>F</footer></div>',
    ],
    ['no end tag, and so much of the page', /ends with <\/diary-feed>/, { src: SRC }, '<p>Text</p>'.repeat(201)],
  ];
  for (const [mistake, hint, attributes, content] of rows) {
    it(`reports ${mistake} once`, async () => {
      const hints = await hintsFor(attributes, content);
      expect(hints).to.have.lengthOf(1);
      expect(hints[0]).to.match(hint);
    });
  }

  it("isn't logged without a mistake", async () => {
    expect(await hintsFor({ src: SRC })).to.deep.equal([]);
    expect(await hintsFor({ src: `${SRC} ${SRC}&id=2` })).to.deep.equal([]);
    const footer = '<a href="/">D</a><footer slot="footer">F</footer>';
    expect(await hintsFor({ src: SRC }, footer)).to.deep.equal([]);
    const inline = `<a href="/">D</a><script type="application/rss+xml" slot="feed">${rss('')}</script>`;
    expect(await hintsFor({}, inline)).to.deep.equal([]);
    expect(await hintsFor({}, undefined, { entries: [] })).to.deep.equal([]);
  });
});
