import { expect } from 'chai';
import { checked, codeOf, contains, openBuilder, press, textsIn, write } from '../support/builder.js';
import { feedUrl, foreignFeedUrl, openGate, uniqueId } from '../support/server.js';
import { until } from '../support/visit.js';

const FEED =
  '<rss version="2.0"><channel><title>Fil</title><language>sv</language><item><title>Ur filen</title></item></channel></rss>';

const queryFor = (src: string, more = ''): string => `?src=${encodeURIComponent(src)}${more}`;

describe('the builder', () => {
  it('starts with sample entries and code as rich as that of the README', async () => {
    const builder = await openBuilder();
    expect(builder.diary.entries).to.have.lengthOf(5);
    expect(builder.diary.show).to.equal('date summary');
    expect(codeOf(builder)).to.contain('heading="Kommunchefens dagbok"').and.contain('Läs dagboken på dagbok.example');
    expect(contains(textsIn(builder, '.badge'), 'sample-badge')).to.equal(true);
    expect(contains(textsIn(builder, '#warnings li'), 'code-no-url')).to.equal(true);
    expect(builder.violations).to.deep.equal([]);
  });

  it('shows the entries of a feed that it can read, without another request of the element', async () => {
    const builder = await openBuilder(queryFor(feedUrl({ items: 3 })));
    expect(builder.diary.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 3', 'Inlägg 2', 'Inlägg 1']);
    expect(contains(textsIn(builder, '#check li'), 'feed-ready')).to.equal(true);
    expect(textsIn(builder, '.badge')).to.deep.equal([]);
  });

  it('keeps sample entries and offers three ways if the feed has no CORS header', async () => {
    const src = foreignFeedUrl({ items: 3 });
    const builder = await openBuilder(queryFor(src, '&fallback=/dagbok'));
    expect(builder.diary.entries).to.have.lengthOf(5);
    expect(contains(textsIn(builder, '.badge'), 'sample-unread')).to.equal(true);
    expect(contains(textsIn(builder, '#check li'), 'url-blocked')).to.equal(true);
    expect(contains(textsIn(builder, '#warnings li'), 'code-blocked')).to.equal(true);
    const ways = [...builder.page.querySelectorAll<HTMLInputElement>('.ways input')];
    expect(ways).to.have.lengthOf(3);

    ways[0]?.click();
    await until(() => builder.page.getElementById('letter') !== null);
    expect((builder.page.getElementById('letter') as HTMLTextAreaElement).value).to.contain(src);

    ways[1]?.click();
    await until(() => builder.page.getElementById('recipe-0') !== null);
    expect((builder.page.getElementById('recipe-0') as HTMLTextAreaElement).value).to.contain(src);
    expect(codeOf(builder)).to.contain('src="/dagbok.xml"');

    ways[2]?.click();
    await until(() => codeOf(builder).includes('src="/feed-server/feed?items=3"'));
    expect(textsIn(builder, '#warnings li')).to.deep.equal([]);
  });

  it('shows the entries of a file that is dropped, pasted or opened, until the URL changes', async () => {
    const builder = await openBuilder();
    const { view, page } = builder;
    const file = new view.File([FEED], 'dagbok.xml', { type: 'application/xml' });
    const titles = (): unknown[] => builder.diary.entries.map(({ title }) => title);
    const transfer = new view.DataTransfer();
    transfer.items.add(file);
    const drop = new view.DragEvent('drop', { dataTransfer: transfer, cancelable: true });
    view.dispatchEvent(drop);
    if (drop.dataTransfer?.files.length) {
      await until(() => titles().join() === 'Ur filen');
      expect(contains(textsIn(builder, '.badge'), 'file-shown')).to.equal(true);
    }
    const text = new view.DataTransfer();
    text.setData('text', FEED.replace('Ur filen', 'Ur urklipp'));
    const paste = new view.ClipboardEvent('paste', { clipboardData: text, cancelable: true });
    view.dispatchEvent(paste);
    // Firefox lets scripts create no such event with content
    if (paste.clipboardData?.getData('text')) await until(() => titles().join() === 'Ur urklipp');
    const input = page.getElementById('file') as HTMLInputElement;
    input.files = transfer.files;
    input.dispatchEvent(new view.Event('change'));
    await until(() => titles().join() === 'Ur filen');

    await write(builder, 'set-src', foreignFeedUrl({ items: 1 }));
    await until(() => contains(textsIn(builder, '#check li'), 'url-blocked'));
    expect(titles()).to.deep.equal(['Ur filen']);
    await write(builder, 'set-src', foreignFeedUrl({ items: 2 }));
    await until(() => contains(textsIn(builder, '.badge'), 'sample-unread'));
  });

  it('reports a file that is not a feed', async () => {
    const builder = await openBuilder();
    const transfer = new builder.view.DataTransfer();
    transfer.items.add(new builder.view.File(['<p>'], 'a.xml'));
    const input = builder.page.getElementById('file') as HTMLInputElement;
    input.files = transfer.files;
    input.dispatchEvent(new builder.view.Event('change'));
    await until(() => contains(textsIn(builder, '#check li'), 'file-bad'));
  });

  it('never shows the result of another URL', async () => {
    const gate = uniqueId();
    const slow = feedUrl({ items: 9, gate });
    const builder = await openBuilder();
    await write(builder, 'set-src', slow);
    await until(() => contains(textsIn(builder, '#check li'), 'url-loading'));
    await write(builder, 'set-src', feedUrl({ status: 404 }));
    expect(textsIn(builder, '#check li'), 'while typing').to.deep.equal([]);
    await openGate(gate);
    await until(() => textsIn(builder, '#check li').length > 0);
    await checked(builder);
    expect(contains(textsIn(builder, '#check li'), 'error-gone')).to.equal(true);
    expect(textsIn(builder, '#check li')).to.have.lengthOf(1);
    expect(codeOf(builder)).to.contain('status=404');
  });

  it('shows another result of the check in another element, which screen readers announce', async () => {
    const gate = uniqueId();
    const builder = await openBuilder();
    await write(builder, 'set-src', feedUrl({ items: 3, gate }));
    await until(() => contains(textsIn(builder, '#check li'), 'url-loading'));
    const loading = builder.page.querySelector('#check li');
    await openGate(gate);
    await until(() => contains(textsIn(builder, '#check li'), 'feed-ready'));
    expect(loading?.isConnected).to.equal(false);
  });

  it('announces the check of the feed again only if the URL changes', async () => {
    const builder = await openBuilder(queryFor(feedUrl({ items: 3 })));
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(builder.page.getElementById('check') as HTMLElement, { childList: true });
    await press(builder, 'Bara rubriker');
    await until(() => builder.view.location.search.includes('show=date'));
    expect(changes).to.equal(0);
    await write(builder, 'set-src', feedUrl({ items: 2 }));
    expect(changes).to.be.greaterThan(0);
  });

  it('does what a report offers, and keeps the focus near', async () => {
    const src = feedUrl({ text: '<rss version="2.0"><channel><item><title>x</title></item></channel></rss>' });
    const builder = await openBuilder(queryFor(src));
    await press(builder, 'Ange svenska');
    await until(() => codeOf(builder).includes('feed-lang="sv"'));
    expect(contains(textsIn(builder, '#check li'), 'feed-no-language')).to.equal(false);
    await until(() => builder.page.activeElement?.id === 'set-feed-lang');
  });

  it('keeps all choices in its URL, and restores them from it', async () => {
    const first = await openBuilder();
    await press(first, 'Kort');
    await press(first, 'Bara rubriker');
    await write(first, 'set-limit', '2');
    await write(first, 'set-css-link-color', '#123456');
    await press(first, 'In English');
    await until(() => first.view.location.search.includes('ui=en'));
    const { search } = first.view.location;
    expect(search).to.equal('?limit=2&show=date&css-link-color=%23123456&theme=cards&ui=en');
    const code = codeOf(first);
    const second = await openBuilder(search);
    expect(codeOf(second)).to.equal(code);
    expect(second.page.documentElement.lang).to.equal('en');
    expect(second.page.title).to.equal('Build yours – diary-feed');
  });

  it('keeps the old value if a text is invalid, and reports it at the control', async () => {
    const builder = await openBuilder('?limit=99&theme=cards');
    expect(contains(textsIn(builder, '.finding'), 'refused')).to.equal(true);
    await write(builder, 'set-limit', '2');
    await write(builder, 'set-limit', '99');
    const input = builder.page.getElementById('set-limit');
    expect([input?.ariaInvalid, builder.diary.limit]).to.deep.equal(['true', 2]);
    expect(contains(textsIn(builder, '#set-limit-problem'), 'invalid')).to.equal(true);
    await write(builder, 'set-limit', '3');
    expect([input?.ariaInvalid, builder.diary.limit]).to.deep.equal([null, 3]);
  });

  it('warns of low contrast, and restores the color of the page', async () => {
    const builder = await openBuilder('?scheme=light');
    await write(builder, 'set-css-link-color', '#9999cc');
    await until(() => contains(textsIn(builder, '#warnings li'), 'code-contrast'));
    expect(contains(textsIn(builder, '.color .problem'), 'contrast-low')).to.equal(true);
    await press(builder, 'Använd sidans färg');
    await until(() => !contains(textsIn(builder, '#warnings li'), 'code-contrast'));
    expect(codeOf(builder)).to.not.contain('<style>');
  });

  it('shows the theme and the color scheme in the preview only', async () => {
    const builder = await openBuilder('?theme=high-contrast&scheme=dark');
    const painted = (): string => builder.view.getComputedStyle(builder.diary).backgroundColor;
    await until(() => painted() === 'rgb(0, 0, 0)');
    await press(builder, 'Ljust');
    await until(() => painted() === 'rgb(255, 255, 255)');
    const miniature = builder.page.querySelector('.miniature look-preview')?.shadowRoot?.querySelector('diary-feed');
    expect(miniature && builder.view.getComputedStyle(miniature).backgroundColor).to.equal('rgba(0, 0, 0, 0)');
  });
});
