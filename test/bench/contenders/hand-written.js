// The baseline: what a developer of a site writes for that site, and writes well.
const dates = new Intl.DateTimeFormat('sv', { dateStyle: 'long', timeZone: 'Europe/Stockholm' });

export class HandWrittenFeed extends HTMLElement {
  async connectedCallback() {
    const response = await fetch(this.getAttribute('src'));
    const entries = await this.read(await response.text());
    entries.sort((a, b) => b.date - a.date);
    const list = document.createElement('ul');
    for (const { title, link, date } of entries.slice(0, 5)) {
      const anchor = document.createElement('a');
      anchor.href = link;
      anchor.textContent = title;
      const time = document.createElement('time');
      time.dateTime = date.toISOString();
      time.textContent = dates.format(date);
      const item = document.createElement('li');
      item.append(anchor, ' ', time);
      list.append(item);
    }
    this.replaceChildren(list);
  }
  read(text) {
    const feed = new DOMParser().parseFromString(text, 'text/xml');
    return Array.from(feed.querySelectorAll('item'), (item) => {
      const textOf = (name) => item.querySelector(name)?.textContent;
      return { title: textOf('title'), link: textOf('link'), date: new Date(textOf('pubDate')) };
    });
  }
}
