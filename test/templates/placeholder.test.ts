import { expect } from 'chai';
import { appendToPage, create, nextEvent, query, queryAll } from '../support/element.js';
import { recordFormatters } from '../support/formatters.js';
import { feedUrl, openGate, uniqueId } from '../support/server.js';
import { until } from '../support/visit.js';

describe('placeholder entries', () => {
  it('have one box for an image and request no fallback image', async () => {
    const gate = uniqueId();
    const src = feedUrl({ items: 2, gate });
    const element = create({ src, limit: 2, show: 'image', 'fallback-image': '/nothing.png' });
    appendToPage(element);
    await nextEvent(element, 'loadstart');
    expect(queryAll(element, '.placeholder [part=image]').map(({ localName }) => localName)).to.deep.equal([
      'div',
      'div',
    ]);
    await Promise.all([nextEvent(element, 'load'), openGate(gate)]);
  });

  it('have the same parts in each entry', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ items: 2, gate }), limit: 3, show: 'date author summary' });
    appendToPage(element);
    await nextEvent(element, 'loadstart');
    const partsOf = (item: HTMLElement): number => item.querySelectorAll('time, [part=author], [part=summary]').length;
    expect(queryAll(element, '.placeholder li').map(partsOf)).to.deep.equal([3, 3, 3]);
    await Promise.all([nextEvent(element, 'load'), openGate(gate)]);
  });

  it('need no date formatter, whatever the settings; a load of more than a second creates them', async () => {
    const gate = uniqueId();
    const src = feedUrl({ items: 2, gate });
    const element = create({ src, 'date-style': 'full', 'time-zone': 'Asia/Tokyo', 'new-for': 7 });
    const created = await recordFormatters('Asia/Tokyo', async () => {
      appendToPage(element, 'en');
      await nextEvent(element, 'loadstart');
    });
    const status = query(element, '[role=status]');
    const createdLater = await recordFormatters('Asia/Tokyo', () => until(() => status?.textContent.trim() !== ''));
    expect([created, createdLater]).to.deep.equal([0, 2]); // one for the day, one for the text
    await Promise.all([nextEvent(element, 'load'), openGate(gate)]);
  });
});
