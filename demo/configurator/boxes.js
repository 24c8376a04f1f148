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

/**
 * Boxes in a place that they fill, each as `{ name, label, about, button }`; `announce` is told what became of a press. Gives
 * what writes texts into them, by their names.
 */
export function makeBoxes(place, boxes, { say, announce }) {
  const areas = new Map();
  const made = boxes.map(({ name, label, about, button: onButton }) => {
    const id = `box-${name.replace(/[^\w.-]/g, '-')}`;
    const area = make('textarea', { id, readOnly: true, spellcheck: false }, [], { 'aria-describedby': `${id}-about` });
    const button = make('button', { type: 'button', textContent: onButton });
    button.addEventListener('click', async () => announce(say(await copy(area))));
    areas.set(name, area);
    return make('div', { className: 'box' }, [
      make('label', { htmlFor: id, textContent: label }),
      make('p', { id: `${id}-about`, className: 'help', textContent: about }),
      area,
      button,
    ]);
  });
  place.replaceChildren(...made);
  return (texts) => {
    for (const [name, text] of texts) {
      const area = areas.get(name);
      area.parentElement.hidden = !text;
      // what is selected stays so where nothing has changed
      if (area.value === text) continue;
      area.value = text;
      area.rows = Math.min(Math.max(text.split('\n').length, 2), 26);
    }
  };
}
