import { expect } from 'chai';
import { violationsIn } from './support/axe.js';
import { all, create, eventOf, one, place } from './support/element.js';
import { feedUrl, openGate, uniqueId } from './support/server.js';
import { FEED, show, showAll, stage, wearing } from './support/showcase.js';
import { until } from './support/visit.js';

describe('axe-core', function () {
  this.timeout(60_000);

  it('finds no violation in any state', async () => {
    const on = stage();
    await showAll(on);
    expect(await violationsIn(on)).to.deep.equal([]);
  });

  it('finds violations that a test adds', async () => {
    const on = stage();
    const element = await show('ready', on);
    one(element, '[part=list]')?.append(document.createElement('img'));
    const paint = new CSSStyleSheet();
    paint.replaceSync('time { color: #999 }');
    element.shadowRoot?.adoptedStyleSheets.push(paint);
    const found = (await wearing('the default on a light page', on, () => violationsIn(on))).join('\n');
    for (const rule of ['image-alt', 'aria-required-children', 'color-contrast']) expect(found).to.contain(`${rule}: `);
  });
});

describe('screen reader users', () => {
  it('hear the date with each link, because titles repeat', async () => {
    const element = await show('ready, titles only', stage());
    element.show = 'date';
    await element.updateComplete;
    for (const link of all(element, '[part=link]')) {
      if (link.textContent === 'Utan datum') continue;
      const described = element.shadowRoot?.getElementById(link.getAttribute('aria-describedby') ?? '');
      expect(described?.localName).to.equal('time');
      expect(link.closest('li')?.contains(described ?? null)).to.equal(true);
    }
  });

  it('have a status element from the first render, which is silent during a fast load', async () => {
    const element = create();
    place(element);
    await element.updateComplete;
    const status = one(element, '[role=status]');
    element.feed = FEED;
    await element.updateComplete;
    expect(one(element, '[role=status]') === status).to.equal(true);
    expect(status?.textContent.trim()).to.equal('');
  });

  it('hear that a load takes more than a second, and its end', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ items: 3, gate }) });
    place(element);
    await element.updateComplete;
    const status = (): string => one(element, '[role=status]')?.textContent.trim() ?? '';
    expect(status()).to.equal('');
    await until(() => status() !== '');
    expect(status()).to.equal('Hämtar inlägg …');
    const loaded = eventOf(element, 'load');
    await openGate(gate);
    await loaded;
    expect(status()).to.equal('3 inlägg');
  });

  it('can focus only links and buttons, in any state', async () => {
    for (const [state, element] of await showAll(stage())) {
      const focusable = all(element, '*').filter(({ tabIndex }) => tabIndex >= 0);
      const others = focusable.filter(({ localName }) => !['a', 'button', 'summary'].includes(localName));
      expect([state, others.map(({ localName }) => localName)]).to.deep.equal([state, []]);
    }
  });

  it('hear that a list is busy during a reload, apart from the status', async () => {
    const element = await show('reloading', stage());
    expect(all(element, '[aria-busy]').map(({ localName }) => localName)).to.deep.equal(['ul']);
    expect(one(element, '[aria-busy] [role=status]')).to.equal(undefined);
  });
});
