// The code of the builder, pasted as it is into an empty page.
import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { codeOf, openBuilder } from '../support/builder.js';
import { foreignFeedUrl } from '../support/server.js';
import { openFrame, until } from '../support/visit.js';

const SRC = new URL('/demo/feeds/dagbok.xml', location.href).href;

/** An empty page with the code. */
async function paste(code: string): Promise<{ page: Document; diary: DiaryFeedElement }> {
  const frame = openFrame({
    srcdoc: `<!doctype html><html lang="sv"><meta charset="utf-8"><title>x</title><body>${code}`,
  });
  await until(() => Boolean(frame.contentDocument?.querySelector('diary-feed:defined')));
  const page = frame.contentDocument ?? expect.fail('no page');
  const diary = page.querySelector('diary-feed') ?? expect.fail('no element');
  await until(() => !['idle', 'loading'].includes(diary.status));
  return { page, diary };
}

const partsOf = (diary: DiaryFeedElement, part: string): HTMLElement[] => [
  ...(diary.shadowRoot?.querySelectorAll<HTMLElement>(`[part~=${part}]`) ?? []),
];
const textOf = (diary: DiaryFeedElement, part: string): string => partsOf(diary, part)[0]?.textContent.trim() ?? '';
const styleOf = (diary: DiaryFeedElement, part: string): CSSStyleDeclaration =>
  getComputedStyle(partsOf(diary, part)[0] ?? expect.fail(part));

/** Query of the builder, and what is true of the pasted page. */
const CHOICES: [query: string, check: (diary: DiaryFeedElement) => void][] = [
  ['', (diary) => expect(partsOf(diary, 'summary')).to.have.lengthOf(5)],
  ['show=date&limit=3', (diary) => expect(partsOf(diary, 'date').length).to.equal(3)],
  ['show=date&group=month&limit=13', (diary) => expect(partsOf(diary, 'group').length).to.equal(5)],
  ['show=date&expand=yes', (diary) => expect(partsOf(diary, 'expand').length).to.equal(5)],
  ['theme=cards', (diary) => expect(styleOf(diary, 'list').display).to.equal('grid')],
  ['theme=high-contrast', (diary) => expect(styleOf(diary, 'list').borderTopStyle).to.equal('solid')],
  ['css-link-color=%23123456&css-gap=2em', (diary) => expect(styleOf(diary, 'link').color).to.equal('rgb(18, 52, 86)')],
  ['heading=%22A%22+%26+%3Cb%3E', (diary) => expect(textOf(diary, 'heading')).to.equal('"A" & <b>')],
  ['no-heading=yes&more=2&lang=en', (diary) => expect(textOf(diary, 'more')).to.match(/^Show 2 more/)],
  [
    'integrity=yes&date-style=relative&feed-link=yes',
    (diary) => expect(partsOf(diary, 'feed-link').length).to.equal(1),
  ],
];

describe('code of the builder in an empty page', () => {
  for (const [query, check] of CHOICES) {
    it(`works as it is: ${query || 'no choice'}`, async () => {
      const builder = await openBuilder(`?script=/dist/diary-feed.min.js&src=${encodeURIComponent(SRC)}&${query}`);
      const { diary } = await paste(codeOf(builder));
      expect(diary.status).to.equal('ready');
      if (query.includes('theme')) await until(() => diary.ownerDocument.styleSheets.length > 0);
      check(diary);
      for (const part of ['heading', 'link', 'date', 'summary', 'more']) {
        expect(textOf(diary, part), part).to.equal(textOf(builder.diary, part));
      }
      expect(diary.querySelector('a')?.outerHTML).to.equal(builder.diary.querySelector('a')?.outerHTML);
      expect(builder.violations).to.deep.equal([]);
    });
  }

  it('shows the link if the feed has no CORS header', async () => {
    const src = encodeURIComponent(foreignFeedUrl({ items: 2 }));
    const { diary } = await paste(codeOf(await openBuilder(`?script=/dist/diary-feed.min.js&src=${src}`)));
    expect(diary.status).to.equal('failed');
    expect(diary.querySelector('a')?.checkVisibility()).to.equal(true);
  });
});
