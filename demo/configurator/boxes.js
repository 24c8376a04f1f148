// The boxes to copy from.
import { make } from './controls.js';

/** Copies, or where the browser does not let us, selects, so that the keyboard can. Gives which of both it was. */
async function copy(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return 'copied';
  } catch {
    area.focus();
    area.select();
    return 'selected';
  }
}

/** The boxes by name, in a place that they fill; `announce` is told what became of a press. */
export function makeBoxes(place, names, { say, announce }) {
  const boxes = names.map((name) => {
    const id = `box-${name}`;
    const area = make('textarea', { id, readOnly: true, spellcheck: false }, [], { 'aria-describedby': `${id}-about` });
    const button = make('button', { type: 'button', textContent: say(`copy-${name}`) });
    button.addEventListener('click', async () => announce(say(await copy(area))));
    const box = make('div', { className: 'box' }, [
      make('label', { htmlFor: id, textContent: say(id) }),
      make('p', { id: `${id}-about`, className: 'help', textContent: say(`about-${name}`) }),
      area,
      button,
    ]);
    return [name, { box, area }];
  });
  place.replaceChildren(...boxes.map(([, { box }]) => box));
  const areas = Object.fromEntries(boxes.map(([name, { area }]) => [name, area]));
  return (texts) => {
    for (const [name, text] of Object.entries(texts)) {
      areas[name].value = text;
      areas[name].rows = Math.min(Math.max(text.split('\n').length, 2), 16);
    }
  };
}
