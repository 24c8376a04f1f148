import type { default as Axe } from 'axe-core';
import { expect } from 'chai';
import { find, isWebKit, open, textPattern, write, type Open } from '../support/configurator.js';
import { press } from '../support/driver.js';
import { mount, one, textsOf } from '../support/element.js';
import { feedUrl, foreignFeedUrl, heal, openGate, requestsOf, uniqueId } from '../support/server.js';
import { until } from '../support/visit.js';

/** As much of it as is needed. */
interface TrustedTypes {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string };
}

const code = (open: Open, name: string): string => find(open, `box-${name}`).value;
const linesIn = (open: Open, id: string): string[] =>
  [...find(open, id).children].map(({ textContent }) => textContent);

/** axe-core in the page itself, by the one policy that the page allows and does not use. */
async function violationsIn({ view, page }: Open): Promise<string[]> {
  const { trustedTypes } = view as unknown as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('lit-html', { createScriptURL: (url) => url });
  const address = '/node_modules/axe-core/axe.min.js';
  const script = page.createElement('script');
  script.src = policy?.createScriptURL(address) ?? address;
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error('axe-core did not load')));
  });
  page.head.append(script);
  await loaded;
  const { axe } = view as unknown as { axe: typeof Axe };
  const { violations } = await axe.run(page, {
    iframes: false, // what is in it is the element, and has tests of its own
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the configurator', function () {
  this.timeout(30_000);

  for (const language of ['sv', 'en']) {
    for (const scheme of ['light', 'dark']) {
      it(`has nothing that axe-core objects to, narrow and wide, with all unfolded (${language}, ${scheme})`, async () => {
        for (const width of [320, 1280]) {
          const opened = await open(`?ui=${language}&example=dagbok.xml&css-color=%23112233&heading=`, {
            width,
            scheme,
          });
          for (const details of opened.page.querySelectorAll('details')) details.open = true;
          write(opened, 'setting-css-gap', 'none');
          expect(opened.page.documentElement.lang).to.equal(language);
          // a page in a frame that axe-core has looked at, and that has gone, brings WebKitGTK down in one run of four
          if (!isWebKit) expect(await violationsIn(opened)).to.deep.equal([]);
          expect(opened.page.documentElement.scrollWidth).to.be.at.most(width);
          expect(opened.violations).to.deep.equal([]);
        }
      });
    }
  }

  it('has a name for every control and group, and the keyboard reaches each', async () => {
    const { page } = await open('?heading=');
    for (const details of page.querySelectorAll('details')) details.open = true;
    const controls = [...page.querySelectorAll<HTMLInputElement>('input, select, textarea, button, summary')];
    expect(controls.length).to.be.greaterThan(50);
    for (const control of controls.filter((each) => each.checkVisibility())) {
      control.focus();
      expect([control.id, page.activeElement === control, control.tabIndex]).to.deep.equal([control.id, true, 0]);
      const name = control.labels?.[0]?.textContent ?? control.ariaLabel ?? control.textContent;
      expect(name, control.id).to.match(/\S/);
    }
    for (const group of page.querySelectorAll('fieldset')) {
      expect(group.firstElementChild?.localName).to.equal('legend');
    }
  });

  it('offers the ranges and the tokens that the element accepts', async () => {
    const { page, element } = await open();
    const other = element.ownerDocument.createElement('diary-feed');
    const accepts = (name: string, value: string): boolean => {
      other.setAttribute(name, value);
      return (
        String(
          Reflect.get(
            other,
            name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
          ),
        ) === value
      );
    };
    const numbers = [...page.querySelectorAll<HTMLInputElement>('input[type=number]')];
    expect(numbers.length).to.be.greaterThan(5);
    for (const { id, min, max } of numbers) {
      const name = id.replace('setting-', '');
      const accepted = [Number(min) - 1, min, max, Number(max) + 1].map((value) => accepts(name, String(value)));
      expect(accepted, name).to.deep.equal([false, true, true, false]);
    }
    const tokens = [...page.querySelectorAll<HTMLInputElement>('#setting-show input')];
    const names = tokens.map(({ id }) => id.replace('setting-show-', ''));
    expect(names.filter((name) => !accepts('show', name))).to.deep.equal([]);
    expect(accepts('show', 'all')).to.equal(false);
  });

  it('gives code that, pasted into a page, is the element of the preview', async () => {
    const opened = await open(
      '?show=date+summary&limit=3&heading=N%C3%A5got+%22annat%22&css-link-color=%23123456&more=2',
    );
    const pasted = new DOMParser().parseFromString(code(opened, 'html'), 'text/html').querySelector('diary-feed');
    const attributes = Object.fromEntries([...(pasted?.attributes ?? [])].map(({ name, value }) => [name, value]));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(code(opened, 'css'));
    document.adoptedStyleSheets.push(sheet);
    const element = await mount(attributes, { fallback: pasted?.innerHTML ?? '' });
    for (const part of ['heading', 'link', 'date', 'summary', 'more']) {
      const texts = textsOf(element, `[part=${part}]`);
      expect(texts).to.deep.equal(textsOf(opened.element, `[part=${part}]`));
      expect(texts.length).to.equal(['heading', 'more'].includes(part) ? 1 : 3);
    }
    const link = element.shadowRoot?.querySelector('[part=link]');
    expect(link && getComputedStyle(link).color).to.equal('rgb(18, 52, 86)');
    expect(element.firstElementChild?.outerHTML).to.equal(opened.element.firstElementChild?.outerHTML);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });

  it('keeps the choice in its address, from which it comes back', async () => {
    const first = await open();
    expect(first.view.location.search).to.equal('');
    write(first, 'setting-limit', '2');
    write(first, 'setting-theme', 'cards');
    find(first, 'setting-show-summary').click();
    find(first, 'setting-css-color-on').click();
    find(first, 'language').click();
    await until(() => first.view.location.search.endsWith('&ui=en'));
    const { search } = first.view.location;
    expect(code(first, 'link')).to.equal(first.view.location.href);
    expect(search).to.equal('?limit=2&show=date+summary&css-color=%230b4a5e&theme=cards&ui=en');
    const second = await open(search);
    expect(second.page.title).to.match(textPattern('title', {}, 'en'));
    expect(second.element.limit).to.equal(2);
    expect(second.element.show).to.equal('date summary');
    expect(code(second, 'html')).to.contain('/assets/themes/cards.css');
    expect(find(second, 'setting-limit').value).to.equal('2');
    expect(second.view.location.search).to.equal(search);
  });

  it('keeps what held where a value cannot be used, and says so beside it', async () => {
    const opened = await open();
    write(opened, 'setting-limit', '2');
    write(opened, 'setting-limit', '99');
    expect(find(opened, 'setting-limit').ariaInvalid).to.equal('true');
    expect(find(opened, 'setting-limit-problem').textContent).to.match(textPattern('invalid'));
    expect(opened.element.limit).to.equal(2);
    write(opened, 'setting-limit', '');
    expect(find(opened, 'setting-limit').ariaInvalid).to.equal('false');
    expect(code(opened, 'html')).to.not.contain('limit');
  });

  it('shows a theme in the preview', async () => {
    const opened = await open('?theme=high-contrast');
    const painted = (): string => getComputedStyle(opened.element).backgroundColor;
    await until(() => painted() === 'rgb(255, 255, 255)');
    write(opened, 'setting-scheme', 'dark');
    expect(painted()).to.equal('rgb(0, 0, 0)');
    expect(opened.violations).to.deep.equal([]);
  });

  it('says of a feed what it is', async () => {
    const [read, newest, language, link] = linesIn(await open('?example=dagbok.xml'), 'check');
    expect(read).to.match(textPattern('feed-read', { title: 'Kommunchefens dagbok', count: 13 }));
    expect(newest).to.contain('2026-04-01');
    expect(language).to.match(textPattern('feed-language', { language: 'sv' }));
    expect(link).to.contain('https://dagbok.example/');
  });

  for (const [what, src, expected] of [
    ['no feed', () => new URL('/demo/feeds/inte-ett-flode.html', location.href).href, textPattern('error-not-a-feed')],
    ['nothing there', () => feedUrl({ status: 404 }), textPattern('error-gone', { status: 404 })],
    ['another origin without the header', () => foreignFeedUrl({ items: 2 }), textPattern('error-network')],
  ] as const) {
    it(`says in words what is wrong: ${what}`, async () => {
      const opened = await open(`?src=${encodeURIComponent(src())}`);
      expect(linesIn(opened, 'check').join()).to.match(expected);
    });
  }

  it('reads a feed of another origin that lets it, and names its host in the policy', async () => {
    const src = foreignFeedUrl({ items: 2, cors: 1 });
    const opened = await open(`?src=${encodeURIComponent(src)}`);
    expect(opened.element.status).to.equal('ready');
    expect(code(opened, 'policy')).to.equal(`script-src 'self'; connect-src ${new URL(src).origin}`);
    write(opened, 'setting-relay', '/dagbok.xml');
    expect(code(opened, 'html')).to.contain('src="/dagbok.xml"');
    expect(code(opened, 'policy')).to.contain("connect-src 'self'");
  });

  it('gives the recipe for the own server, with the feed in its place, and reads the feed from there', async () => {
    const src = foreignFeedUrl({ items: 2 }); // no page may read it
    const sites = `&site=${encodeURIComponent('https://www.vintersele.example')}&fallback=%2Fdagboken`;
    const opened = await open(`?src=${encodeURIComponent(src)}${sites}`);
    expect(find(opened, 'check').querySelector('a')?.hash).to.equal('#relay');
    expect(find(opened, 'relay').localName).to.equal('fieldset');
    expect(linesIn(opened, 'warnings').join()).to.match(textPattern('warn-unreadable'));
    expect(find(opened, 'recipe').hidden).to.equal(true);
    write(opened, 'setting-server', 'nginx');
    expect(code(opened, 'link')).to.match(/&server=nginx$/);
    expect(code(opened, 'html')).to.contain('src="/dagbok.xml"');
    expect(code(opened, 'policy')).to.contain("connect-src 'self'");
    expect(find(opened, 'recipe').checkVisibility()).to.equal(true);
    expect(code(opened, 'nginx.conf')).to.contain(`set $dagbok_source "${src}";`);
    expect(linesIn(opened, 'warnings')).to.deep.equal([]);
    expect(linesIn(opened, 'next')[0]).to.match(textPattern('next-relay', { relay: '/dagbok.xml' }));
    write(opened, 'setting-server', 'caddy');
    expect(opened.page.getElementById('box-nginx.conf')).to.equal(null);
    expect(code(opened, 'cron.sh')).to.contain(`address='${src}'`);
    expect(code(opened, 'Caddyfile')).to.contain('www.vintersele.example { # EDIT');
    write(opened, 'setting-relay', '/annat.xml');
    expect(code(opened, 'html')).to.contain('src="/annat.xml"');
    expect(linesIn(opened, 'warnings').join()).to.match(textPattern('warn-recipe-path', { own: '/dagbok.xml' }));
    write(opened, 'setting-server', '');
    expect(find(opened, 'recipe').checkVisibility()).to.equal(false);
    expect(opened.violations).to.deep.equal([]);
  });

  it('says of a feed on the own site that this page cannot try it, though all is well, and offers no recipe', async () => {
    const src = foreignFeedUrl({ items: 2 }); // no other page may read it
    const site = encodeURIComponent(new URL(src).origin);
    for (const query of [
      `?src=%2Fdagbok.xml`,
      `?src=%2Fdagbok.xml&server=nginx&relay=%2Fx.xml`,
      `?src=${encodeURIComponent(src)}&site=${site}`,
    ]) {
      const opened = await open(query);
      await until(() => opened.element.status === 'ready'); // the example
      const [own, ...rest] = linesIn(opened, 'check');
      expect(own, query).to.match(textPattern('check-own'));
      expect(rest.join()).to.match(textPattern('link-unknown'));
      expect(find(opened, 'relay').checkVisibility()).to.equal(false);
      expect(find(opened, 'recipe').checkVisibility()).to.equal(false);
      expect(linesIn(opened, 'warnings').join()).to.match(textPattern('warn-link'));
      const written = new URLSearchParams(query).get('src') ?? '';
      expect(code(opened, 'html')).to.contain(`src="${written.replaceAll('&', '&amp;')}"`);
      expect(code(opened, 'policy')).to.contain("connect-src 'self'");
      // the example's link is not the feed's
      expect(code(opened, 'html')).to.not.contain('dagbok.example');
      expect(opened.violations).to.deep.equal([]);
    }
  });

  it('tries a feed on the own site where it may, and a path where the site is named', async () => {
    const src = foreignFeedUrl({ items: 2, cors: 1 });
    const { origin, pathname, search } = new URL(src);
    const opened = await open(`?src=${encodeURIComponent(`${pathname}${search}`)}&site=${encodeURIComponent(origin)}`);
    expect(linesIn(opened, 'check')[0]).to.match(textPattern('feed-read', { title: 'Dagboken', count: 2 }));
    expect(code(opened, 'html')).to.contain('src="/feed-server/feed?');
    write(opened, 'setting-site', '');
    await until(() => textPattern('check-own').test(linesIn(opened, 'check')[0] ?? ''));
    write(opened, 'setting-src', `/dagbok.xml ${src}`);
    await until(() => textPattern('feed-read').test(linesIn(opened, 'check')[1] ?? ''));
    expect(linesIn(opened, 'check')[0]).to.match(textPattern('check-own-some'));
    write(opened, 'setting-site', 'www.vintersele.example'); // a path, as it stands
    expect(find(opened, 'setting-site').ariaInvalid).to.equal('true');
  });

  it('marks the fallback link where nobody knows where the diary is, until it is filled in', async () => {
    const opened = await open(`?src=${encodeURIComponent(feedUrl({ status: 404 }))}`);
    const wanted = (key: string): string => find(opened, `setting-${key}-wanted`).textContent;
    const link = (): string => linesIn(opened, 'check')[1] ?? '';
    expect(link()).to.match(textPattern('link-unknown'));
    expect(wanted('fallback')).to.contain(location.origin);
    expect(find(opened, 'setting-fallback').className).to.equal('wanted');
    expect(find(opened, 'setting-fallback').getAttribute('aria-describedby')).to.contain('setting-fallback-wanted');
    expect(linesIn(opened, 'warnings').join()).to.match(textPattern('warn-link'));
    if (!isWebKit) expect(await violationsIn(opened)).to.deep.equal([]); // see above
    write(opened, 'setting-fallback', 'https://dagbok.example/');
    expect([wanted('fallback'), link()]).to.deep.equal(['', '']);
    expect(linesIn(opened, 'warnings')).to.deep.equal([]);
    expect(find(opened, 'setting-fallback').className).to.equal('');
    const read = await open('?example=dagbok.xml');
    expect(find(read, 'setting-fallback-wanted').textContent).to.equal('');
  });

  it('names the host of the link in its text, in the language of the list, unless another text is chosen', async () => {
    const opened = await open('?example=dagbok.xml&heading=');
    const text = (): string => />([^<]*)<\/a>/.exec(code(opened, 'html'))?.[1] ?? '';
    expect(text()).to.equal('Läs dagboken på dagbok.example');
    write(opened, 'setting-lang', 'en');
    expect(text()).to.equal('Read the diary at dagbok.example');
    write(opened, 'setting-fallback', '/dagboken');
    expect(text()).to.equal('Read the diary');
    write(opened, 'setting-fallback-text', 'Dagboken');
    expect(text()).to.equal('Dagboken');
  });

  it('shows CSS only if a custom property is set', async () => {
    const opened = await open();
    expect(find(opened, 'box-css').checkVisibility()).to.equal(false);
    expect(linesIn(opened, 'next').join()).to.not.match(textPattern('next-css'));
    write(opened, 'setting-css-gap', '1em');
    expect(find(opened, 'box-css').checkVisibility()).to.equal(true);
    expect(linesIn(opened, 'next').join()).to.match(textPattern('next-css'));
  });

  it('says where pictures are wanted of a feed that names none', async () => {
    const src = encodeURIComponent(feedUrl({ items: 2 }));
    const lines = linesIn(await open(`?src=${src}&show=image`), 'check').join();
    expect(lines).to.match(textPattern('feed-no-pictures'));
    expect(linesIn(await open(`?src=${src}`), 'check').join()).to.not.match(textPattern('feed-no-pictures'));
  });

  it('shows a page of full width as wide as it is, smaller where it does not fit', async () => {
    const opened = await open('?width=full');
    const preview = opened.page.querySelector('iframe');
    const { width = 0, height = 0 } = preview?.getBoundingClientRect() ?? {};
    expect(opened.element.ownerDocument.defaultView?.innerWidth).to.equal(1280);
    expect(width).to.be.greaterThan(600).and.lessThan(700);
    // and it takes no more room than it shows
    const place = preview?.parentElement;
    expect((place?.offsetHeight ?? 0) - height).to.be.lessThan(30);
    write(opened, 'setting-width', 'column');
    expect(opened.element.ownerDocument.defaultView?.innerWidth).to.equal(360);
    expect(preview?.getBoundingClientRect().width).to.equal(362);
    // of a narrow place it is twice as wide: text of half its size can be read
    const narrow = await open('?width=full', { width: 320 });
    const own = narrow.element.ownerDocument.defaultView?.innerWidth ?? 0;
    expect(own).to.be.greaterThan(450).and.lessThan(640);
    expect(narrow.page.documentElement.scrollWidth).to.be.at.most(320);
  });

  it('stays where it is when a link of the preview is followed, and says that it leads nowhere', async () => {
    const opened = await open('?feed-link=&more=2');
    const { element } = opened;
    const inner = element.ownerDocument;
    const links = [...(element.shadowRoot?.querySelectorAll('a') ?? [])];
    expect(links.length).to.equal(6);
    for (const link of links) link.click();
    links[0]?.focus();
    await press('Enter');
    await until(() => textPattern('preview-links').test(find(opened, 'said').textContent));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(opened.page.querySelector('iframe')?.contentDocument === inner).to.equal(true);
    // what opens another page may do so, and what is no link does what it is for
    const led: boolean[] = [];
    inner.defaultView?.addEventListener('click', (event) => {
      led.push(!event.defaultPrevented);
      event.preventDefault();
    });
    const click = (init: MouseEventInit): unknown =>
      links[0]?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...init }));
    for (const init of [{}, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { button: 1 }]) click(init);
    expect(led).to.deep.equal([false, true, true, true, true]);
    element.shadowRoot?.querySelector<HTMLElement>('[part=more]')?.click();
    await until(() => element.entries.length === 7);
    write(opened, 'setting-limit', '2');
    expect(code(opened, 'html')).to.contain('limit="2"');
    await until(() => element.entries.length === 4);
  });

  it('comes back as it was where another page has got into the preview', async () => {
    const opened = await open('?theme=cards');
    write(opened, 'setting-limit', '2');
    const preview = opened.page.querySelector('iframe');
    preview?.contentWindow?.location.assign('/demo/variants.html');
    const element = (): Open['element'] | null | undefined =>
      preview?.contentDocument?.querySelector<Open['element']>('#place diary-feed');
    await until(() => element() !== opened.element && element()?.status === 'ready');
    expect(element()?.entries.length).to.equal(2);
    write(opened, 'setting-limit', '3');
    expect(code(opened, 'html')).to.contain('limit="3"');
    await until(() => element()?.entries.length === 3);
    await until(() => textPattern('feed-read', { count: 13 }).test(linesIn(opened, 'check').join()));
    // as high as its page
    await until(() => preview?.clientHeight === preview?.contentDocument?.body.offsetHeight);
  });

  it('asks whether https:// was forgotten, and takes what was meant', async () => {
    const opened = await open('?src=www.vintersele.example%2Frss&fallback=www.vintersele.example%2Fdagbok');
    expect(linesIn(opened, 'check')[0]).to.match(textPattern('check-meant'));
    expect(linesIn(opened, 'warnings').join()).to.match(
      textPattern('warn-path', { address: 'www.vintersele.example/rss' }),
    );
    const buttons = (): HTMLButtonElement[] => [...opened.page.querySelectorAll<HTMLButtonElement>('li button')];
    expect(buttons().length).to.equal(2);
    if (!isWebKit) expect(await violationsIn(opened)).to.deep.equal([]); // see above
    opened.frame.style.setProperty('inline-size', '320px');
    expect(opened.page.documentElement.scrollWidth).to.be.at.most(320);
    buttons()[0]?.click();
    expect(opened.page.activeElement?.id).to.equal('setting-src');
    expect(find(opened, 'setting-src').value).to.equal('https://www.vintersele.example/rss');
    expect(code(opened, 'html')).to.contain('src="https://www.vintersele.example/rss"');
    expect(code(opened, 'policy')).to.contain('connect-src https://www.vintersele.example');
    buttons()[0]?.click();
    expect(code(opened, 'html')).to.contain('<a href="https://www.vintersele.example/dagbok">');
    expect(buttons().length).to.equal(0);
  });

  /** A page that says where its feed is. */
  const pageOf = (href: string): string =>
    feedUrl({
      type: 'text/html',
      text: `<!doctype html><title>Dagboken</title><link rel="alternate" type="application/rss+xml" href="${href.replaceAll('&', '&amp;')}">`,
    });

  it('says of a page that it is none, and has the feed that it announces in code, policy and recipe', async () => {
    const feed = foreignFeedUrl({ items: 2, cors: 1 });
    const opened = await open(`?src=${encodeURIComponent(pageOf(feed))}`);
    expect(opened.element.status).to.equal('ready');
    const [found, read] = linesIn(opened, 'check');
    expect(found).to.match(textPattern('feed-found')).and.contain(feed);
    expect(read).to.match(textPattern('feed-read'));
    expect(code(opened, 'html')).to.contain(`src="${feed.replaceAll('&', '&amp;')}"`);
    expect(code(opened, 'policy')).to.equal(`script-src 'self'; connect-src ${new URL(feed).origin}`);
    write(opened, 'setting-server', 'nginx');
    expect(code(opened, 'nginx.conf')).to.contain(`set $dagbok_source "${feed}";`);
    find(opened, 'check').querySelector('button')?.click();
    expect(find(opened, 'setting-src').value).to.equal(feed);
    await until(() => textPattern('feed-read').test(linesIn(opened, 'check')[0] ?? ''));
  });

  it('writes the address that a page announces so that it can stand in code', async () => {
    const feed = `${foreignFeedUrl({ items: 2, cors: 1 })}&typ={rss}`;
    const opened = await open(`?src=${encodeURIComponent(pageOf(feed))}`);
    expect(code(opened, 'html')).to.contain('&amp;typ=%7Brss%7D"');
    find(opened, 'check').querySelector('button')?.click();
    await until(() => textPattern('feed-read').test(linesIn(opened, 'check')[0] ?? ''));
  });

  it('judges a feed by the longer wait that somebody gives it', async () => {
    const gate = uniqueId();
    const feed = feedUrl({ items: 2, gate });
    const opened = await open(`?timeout=1000&src=${encodeURIComponent(feed)}`);
    await until(() => textPattern('error-timeout').test(linesIn(opened, 'check')[0] ?? ''));
    await openGate(gate);
    write(opened, 'setting-timeout', '9000');
    one(opened.element, '[part=retry]')?.click();
    await until(() => textPattern('feed-read').test(linesIn(opened, 'check').join()));
    const reading = opened.element.ownerDocument.querySelector('div[hidden] diary-feed');
    expect(reading?.getAttribute('timeout')).to.equal('9000');
  });

  it('judges each of several feeds by itself, and lets the own server hand on only what cannot be read', async () => {
    const readable = foreignFeedUrl({ items: 2, cors: 1 });
    const closed = foreignFeedUrl({ items: 2 });
    const gone = foreignFeedUrl({ items: 3 });
    const written = (text: string): string => `src="${text.replaceAll('&', '&amp;')}"`;
    const opened = await open(`?src=${encodeURIComponent(`${closed} ${readable}`)}`);
    const lines = linesIn(opened, 'check');
    expect(lines[0]).to.contain(closed).and.match(textPattern('error-network'));
    expect(lines[1]).to.contain(readable).and.match(textPattern('feed-read'));
    expect(linesIn(opened, 'warnings').join()).to.match(textPattern('warn-unreadable'));
    expect(code(opened, 'html')).to.contain(written(`${closed} ${readable}`));
    write(opened, 'setting-server', 'nginx');
    expect(linesIn(opened, 'warnings').join())
      .to.not.match(textPattern('warn-unreadable'))
      .and.not.match(textPattern('warn-several'));
    expect(code(opened, 'html')).to.contain(written(`/dagbok.xml ${readable}`));
    expect(code(opened, 'policy')).to.equal(`script-src 'self'; connect-src 'self' ${new URL(readable).origin}`);
    expect(code(opened, 'nginx.conf')).to.contain(`set $dagbok_source "${closed}";`);
    write(opened, 'setting-src', `${closed} ${readable} ${gone}`);
    await until(() => linesIn(opened, 'check').filter((line) => textPattern('error-network').test(line)).length === 2);
    expect(code(opened, 'html')).to.contain(written(`/dagbok.xml ${readable} /dagbok-2.xml`));
    write(opened, 'setting-src', `${closed} ${readable} ${gone} ${closed}`); // one twice is one
    expect(code(opened, 'html')).to.contain(written(`/dagbok.xml ${readable} /dagbok-2.xml`));
    const warnings = linesIn(opened, 'warnings').join();
    expect(warnings)
      .to.match(textPattern('warn-several', { first: closed }))
      .and.contain(gone)
      .and.contain('/dagbok-2.xml');
    expect(linesIn(opened, 'next')[0]).to.contain('/dagbok.xml, /dagbok-2.xml');
    opened.frame.style.setProperty('inline-size', '320px');
    expect(opened.page.documentElement.scrollWidth).to.be.at.most(320);
  });

  it('asks for each feed once, and knows what becomes of it when somebody tries again in the preview', async () => {
    const [id, other] = [uniqueId(), uniqueId()];
    const first = foreignFeedUrl({ cors: 1, status: 404, id });
    const opened = await open(`?src=${encodeURIComponent(`${first} ${feedUrl({ status: 404, id: other })}`)}`);
    expect(
      linesIn(opened, 'check').filter((line) => textPattern('error-gone', { status: 404 }).test(line)).length,
    ).to.equal(2);
    for (const each of [id, other]) {
      expect((await requestsOf(each)).length).to.equal(1);
      await heal(each);
    }
    opened.element.shadowRoot?.querySelector<HTMLElement>('[part=retry]')?.click();
    await until(() => linesIn(opened, 'check').filter((line) => textPattern('feed-read').test(line)).length === 2);
    for (const each of [id, other]) expect((await requestsOf(each)).length).to.equal(2);
  });

  /** A feed of Atom, its entries as they are given, as a query: an address holds 500 characters. */
  const atom = (...entries: string[]): string => {
    const src = foreignFeedUrl({
      cors: 1,
      text: `<feed xmlns="http://www.w3.org/2005/Atom">${entries.map((entry) => `<entry>${entry}</entry>`).join('')}</feed>`,
    });
    return `?src=${encodeURIComponent(src)}&fallback=%2Fdagboken`;
  };
  const picture = (host: string): string => `<link rel="enclosure" type="image/png" href="https://${host}/1.png"/>`;

  it('names in the policy the hosts of all pictures that may be shown, and says where it does not know them', async () => {
    const opened = await open(`${atom(picture('a.example'), picture('b.example'))}&show=image&limit=1&more=5`);
    expect(opened.element.entries.length).to.equal(1);
    expect(code(opened, 'policy')).to.match(/; img-src https:\/\/a\.example https:\/\/b\.example$/);
    expect(linesIn(opened, 'warnings').concat(linesIn(opened, 'refused'))).to.deep.equal([]);
    const closed = foreignFeedUrl({ items: 2 });
    const { origin } = new URL(closed);
    const other = await open(`?src=${encodeURIComponent(closed)}&show=image&server=nginx`);
    expect(code(other, 'policy')).to.contain(`; img-src ${origin} `).and.match(textPattern('policy-pictures'));
    expect(linesIn(other, 'warnings').join()).to.match(textPattern('warn-pictures'));
  });

  it('says of an address of http: that pages on https may not read it, unless the own server does', async () => {
    const opened = await open(`?src=${encodeURIComponent('http://dagbok.example/rss')}`);
    const warnings = (): string => linesIn(opened, 'warnings').join();
    expect(warnings()).to.match(textPattern('warn-http', { address: 'http://dagbok.example/rss' }));
    write(opened, 'setting-server', 'nginx');
    expect(warnings()).to.not.match(textPattern('warn-http'));
    write(opened, 'setting-server', '');
    find(opened, 'warnings').querySelector('button')?.click();
    expect(code(opened, 'html')).to.contain('src="https://dagbok.example/rss"');
    expect(warnings()).to.not.match(textPattern('warn-http'));
  });

  it('follows a palette that is drawn across, without asking more of the address than browsers allow', async () => {
    const opened = await open('?css-color=%23112233');
    let writes = 0;
    const { history } = opened.view;
    const replace = history.replaceState.bind(history);
    history.replaceState = (...parameters) => {
      writes++;
      replace(...parameters);
    };
    const colours = Array.from({ length: 260 }, (_, index) => `#0000${(index % 256).toString(16).padStart(2, '0')}`);
    for (const colour of colours) write(opened, 'setting-css-color-palette', colour);
    expect(code(opened, 'css')).to.contain('--diary-feed-color: #000003;');
    expect(code(opened, 'link')).to.match(/css-color=%23000003$/);
    await until(() => opened.view.location.search === '?css-color=%23000003');
    expect(writes).to.equal(1);
  });

  it('says what of a link cannot be used, until something is chosen instead', async () => {
    const opened = await open('?limit=99&theme=gammalt&src=https%3A%2F%2Fa%3Ab%40dagbok.example%2F');
    const refused = (): string[] => linesIn(opened, 'refused');
    expect(refused().length).to.equal(3);
    expect(refused().join())
      .to.match(textPattern('refused', { written: 99 }))
      .and.contain('gammalt')
      .and.contain('https://a:b@');
    write(opened, 'setting-limit', '3');
    expect(refused().length).to.equal(2);
    expect(linesIn(await open('?limit=3'), 'refused')).to.deep.equal([]);
  });

  it('says where a choice leaves no entry', async () => {
    const lines = linesIn(await open('?match=zzzz'), 'check');
    expect(lines.join())
      .to.match(textPattern('feed-read', { count: 13 }))
      .and.match(textPattern('feed-none-shown'));
    expect(linesIn(await open('?match=a'), 'check').join()).to.not.match(textPattern('feed-none-shown'));
  });

  it('keeps open what is open where it changes its language, and the mock page its own', async () => {
    const opened = await open();
    const details = (): HTMLDetailsElement[] => [...opened.page.querySelectorAll('details')];
    for (const folded of details().slice(1, 3)) folded.open = true;
    const language = (): string => opened.element.shadowRoot?.querySelector('time')?.textContent ?? '';
    const before = language();
    find(opened, 'language').click();
    expect(opened.page.documentElement.lang).to.equal('en');
    expect(details().map(({ open: isOpen }) => isOpen)).to.deep.equal([false, true, true, false]);
    // the code names no language: it is that of the page, which is Swedish
    expect(language())
      .to.equal(before)
      .and.match(/ 2026$/);
    expect(code(opened, 'html')).to.not.contain('lang');
  });

  it('complains of nothing that is on its way to a value, neither in words nor on the console', async () => {
    const opened = await open('?css-color=%23112233');
    const input = find(opened, 'setting-css-color');
    const palette = find(opened, 'setting-css-color-palette');
    const { set } = Object.getOwnPropertyDescriptor(opened.view.HTMLInputElement.prototype, 'value') ?? {};
    const given: string[] = [];
    Object.defineProperty(palette, 'value', { set: (value: string) => (given.push(value), set?.call(palette, value)) });
    const type = (id: string, text: string): void => {
      find(opened, id).value = text;
      find(opened, id).dispatchEvent(new opened.view.Event('input', { bubbles: true }));
    };
    const word = '#7a2e0e';
    for (let length = 0; length <= word.length; length++) {
      type('setting-css-color', word.slice(0, length));
      expect(find(opened, 'setting-css-color-problem').textContent).to.equal('');
    }
    expect(given).to.deep.equal([word]); // browsers warn of any that is no colour
    expect(code(opened, 'css')).to.contain(`--diary-feed-color: ${word};`);

    // one that stays is told, and taken back at once where it becomes legal, or is shut away
    write(opened, 'setting-css-color', '#7a2e');
    expect(find(opened, 'setting-css-color-problem').textContent).to.match(textPattern('invalid'));
    await until(() => find(opened, 'said').textContent !== '');
    type('setting-css-color', word);
    expect([input.ariaInvalid, find(opened, 'setting-css-color-problem').textContent]).to.deep.equal(['false', '']);
    expect(find(opened, 'said').textContent).to.equal('');
    write(opened, 'setting-css-color', '#7a');
    type('setting-css-color', word); // before it has been said
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(find(opened, 'said').textContent).to.equal('');
    write(opened, 'setting-css-color', '#7a');
    find(opened, 'setting-css-color-on').click();
    expect(find(opened, 'setting-css-color-problem').textContent).to.equal('');

    const warned: unknown[] = [];
    const { console } = opened.element.ownerDocument.defaultView as Open['view'];
    console.warn = (text: unknown) => warned.push(text);
    const typed = [
      ['time-zone', 'Europe/Ber'],
      ['feed-lang', 'e'],
      ['match', ','],
      ['limit', '99'],
    ] as const;
    for (const [key, text] of typed) type(`setting-${key}`, text);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(warned).to.deep.equal([]);
    type('setting-time-zone', 'Europe/Berlin');
    expect(opened.element.timeZone).to.equal('Europe/Berlin');
  });

  it('takes a colour as text or from the palette, and each shows what the other has', async () => {
    const opened = await open('?css-color=%23112233');
    write(opened, 'setting-css-color', '#AA0000');
    expect(find(opened, 'setting-css-color-palette').value).to.equal('#aa0000');
    write(opened, 'setting-css-color-palette', '#00bb00');
    expect(find(opened, 'setting-css-color').value).to.equal('#00bb00');
    expect(code(opened, 'css')).to.contain('--diary-feed-color: #00bb00;');
    write(opened, 'setting-css-color', 'red');
    expect(find(opened, 'setting-css-color').ariaInvalid).to.equal('true');
    expect(code(opened, 'css')).to.contain('--diary-feed-color: #00bb00;');
  });

  it('takes nothing of a hostile address', async () => {
    const query = '?heading=%3Cimg+src=x+onerror=alert(1)%3E&src=javascript:alert(1)&css-color=red;}&theme=../x&on=1';
    const opened = await open(query);
    expect(opened.element.status).to.equal('ready'); // the example
    expect(opened.element.shadowRoot?.querySelector('img') ?? null).to.equal(null);
    expect(opened.page.querySelector('img')).to.equal(null);
    expect(code(opened, 'html')).to.contain('heading="&lt;img src=x onerror=alert(1)&gt;"');
    expect(code(opened, 'css')).to.not.contain('red');
    expect(opened.violations).to.deep.equal([]);
  });

  it('copies, or selects what is to be copied, and says which', async () => {
    const opened = await open();
    find(opened, 'box-html').parentElement?.querySelector('button')?.click();
    const said = (): string => find(opened, 'announcement').textContent;
    await until(() => said() !== '');
    const isSelected = textPattern('selected').test(said());
    expect(isSelected || textPattern('copied').test(said())).to.equal(true);
    const area = find(opened, 'box-html');
    if (isSelected) expect(area.selectionEnd).to.equal(area.value.length);
  });

  it('would be found to have a wrong contrast or a nameless control', async function () {
    if (isWebKit) return this.skip(); // see above
    const opened = await open();
    find(opened, 'setting-limit').parentElement?.querySelector('label')?.remove();
    find(opened, 'announcement').textContent = 'Pale words';
    find(opened, 'announcement').style.setProperty('color', '#ccc');
    const found = (await violationsIn(opened)).join('\n');
    for (const rule of ['label-title-only', 'color-contrast']) expect(found).to.contain(`${rule}: `);
  });
});
