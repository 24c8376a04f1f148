// Visar under varje element vad det har sagt om sig självt: läge, felkod, händelser och meddelandet på konsolen.

const template = document.querySelector('#outcome');

for (const element of document.querySelectorAll('diary-feed')) {
  const outcome = document.importNode(template.content, true).firstElementChild;
  element.after(outcome);

  const show = (name, text) => {
    outcome.querySelector(`[data-show="${name}"]`).textContent = text || '–';
  };
  const events = [];
  const update = (event) => {
    if (event) events.push(event.type);
    show('status', element.status);
    show('code', [element.error?.code, element.error?.status].filter(Boolean).join(' '));
    show('message', element.error?.message);
    outcome.lastElementChild.hidden = !element.error;
    show('events', events.slice(-6).join(', '));
  };

  for (const type of ['loadstart', 'load', 'error', 'loadend']) element.addEventListener(type, update);
  customElements.whenDefined('diary-feed').then(() => update());
}

const reloaded = document.querySelector('#reloaded');
reloaded.addEventListener('loadend', () => reloaded.reload(), { once: true });
