import { expect } from 'chai';
import { violationsIn } from './support/axe.js';
import { queryAll, create, nextEvent, query, appendToPage } from './support/element.js';
import { feedUrl, openGate, uniqueId } from './support/server.js';
import { FEED, show, showAll, createContainer, withTheme } from './support/showcase.js';
import { until } from './support/visit.js';

describe('axe-core', function () {
  this.timeout(60_000);

  it('finds no violation in any state', async () => {
    const container = createContainer();
    await showAll(container);
    expect(await violationsIn(container)).to.deep.equal([]);
  });

  it('finds violations that a test adds', async () => {
    const container = createContainer();
    const element = await show('ready', container);
    query(element, '[part=list]')?.append(document.createElement('img'));
    const paint = new CSSStyleSheet();
    paint.replaceSync('time { color: #999 }');
    element.shadowRoot?.adoptedStyleSheets.push(paint);
    const found = (await withTheme('the default on a light page', container, () => violationsIn(container))).join('\n');
    for (const rule of ['image-alt', 'aria-required-children', 'color-contrast']) expect(found).to.contain(`${rule}: `);
  });
});

describe('screen reader users', () => {
  it('get the date with each link, because titles repeat', async () => {
    const element = await show('ready, titles only', createContainer());
    element.show = 'date';
    await element.updateComplete;
    for (const link of queryAll(element, '[part=link]')) {
      if (link.textContent === 'Utan datum') continue;
      const described = element.shadowRoot?.getElementById(link.getAttribute('aria-describedby') ?? '');
      expect(described?.localName).to.equal('time');
      expect(link.closest('li')?.contains(described ?? null)).to.equal(true);
    }
  });

  it('have a status element from the first render, which is silent during a fast load', async () => {
    const element = create();
    appendToPage(element);
    await element.updateComplete;
    const status = query(element, '[role=status]');
    element.feed = FEED;
    await element.updateComplete;
    expect(query(element, '[role=status]') === status).to.equal(true);
    expect(status?.textContent.trim()).to.equal('');
  });

  it('always have a paragraph in the status element: Orca reads the role of an empty one', async () => {
    for (const [state, element] of await showAll(createContainer())) {
      expect([state, queryAll(element, '[role=status]:has(> p)').length]).to.deep.equal([state, 1]);
    }
  });

  it('get a message if a load takes more than a second, and at its end', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ items: 3, gate }) });
    appendToPage(element);
    await element.updateComplete;
    const status = (): string => query(element, '[role=status]')?.textContent.trim() ?? '';
    expect(status()).to.equal('');
    await until(() => status() !== '');
    expect(status()).to.equal('Hämtar inlägg …');
    const loaded = nextEvent(element, 'load');
    await openGate(gate);
    await loaded;
    expect(status()).to.equal('3 inlägg');
  });

  it('can focus only links and buttons, in any state', async () => {
    for (const [state, element] of await showAll(createContainer())) {
      const focusable = queryAll(element, '*').filter(({ tabIndex }) => tabIndex >= 0);
      const others = focusable.filter(({ localName }) => !['a', 'button', 'summary'].includes(localName));
      expect([state, others.map(({ localName }) => localName)]).to.deep.equal([state, []]);
    }
  });

  it('get aria-busy for the list during a reload, not for the status', async () => {
    const element = await show('reloading', createContainer());
    expect(queryAll(element, '[aria-busy]').map(({ localName }) => localName)).to.deep.equal(['ul']);
    expect(query(element, '[aria-busy] [role=status]')).to.equal(undefined);
  });
});
