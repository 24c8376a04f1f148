// The page where a webmaster builds an element: form, preview, check and code follow one set of values, which stands in
// the page's address.
import { makeBoxes } from './configurator/boxes.js';
import { controls, foldedControls, make, markWanted } from './configurator/controls.js';
import { describeFailure, describeFeed, describeLink, diaryLink } from './configurator/feed-check.js';
import { isOwn, resolveOn } from './configurator/own-site.js';
import { Preview } from './configurator/preview.js';
import { relayFor } from './configurator/relay.js';
import { buildSnippet } from './configurator/snippet.js';
import { readSurface } from './configurator/surface.js';
import { textIn } from './configurator/texts.js';
import { readQuery, writeQuery } from './configurator/values.js';

const find = (id) => document.getElementById(id);
const ask = async (file) => (await fetch(new URL(`../dist/${file}`, import.meta.url))).json();

/** Which settings stand where; what the manifest has beyond these stands under "more". */
const GROUPS = {
  feed: ['src', 'example', 'fallback', 'fallback-text'],
  show: ['show', 'limit', 'more', 'heading', 'lang'],
  choice: ['sort', 'since', 'category', 'match', 'exclude'],
  server: ['script', 'site'],
  relay: ['server', 'relay'],
  preview: ['width', 'scheme'],
};

const settled = (frame) =>
  frame.contentDocument?.readyState === 'complete' && frame.contentDocument.getElementById('place')
    ? Promise.resolve()
    : new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));

const [manifest, hashes, recipes, script] = await Promise.all([
  ask('custom-elements.json'),
  ask('sri.json'),
  ask('relay-recipes.json'),
  fetch(new URL('../dist/diary-feed.min.js', import.meta.url)).then((response) => response.text()),
  settled(find('preview')),
]);
const settings = readSurface(manifest);
const version = /^\/\*! diary-feed (\S+)/.exec(script)?.[1] ?? '?';

let values = readQuery(location.search, settings);
/** The query that the page shows. */
let shownQuery;
let fillBoxes;
/** Which recipe has its boxes on the page, in which language; and what fills them. */
let shownRecipe = '';
let fillRecipe;

const say = (key, gaps) => textIn(values.ui, key, gaps);
const preview = new Preview(find('preview'), () => update());
const tools = { say, change, announce: (text) => announce('said', text) };

const announcements = new Map();

/** Speaks, by a place that is there for it, or with '' is silent. The same words again are no news otherwise. */
function announce(id, text) {
  clearTimeout(announcements.get(id));
  find(id).textContent = '';
  if (text)
    announcements.set(
      id,
      setTimeout(() => (find(id).textContent = text), 50),
    );
}

function change(key, value) {
  values = { ...values, [key]: value };
  const query = writeQuery(values, settings);
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
  shownQuery = location.search;
  showPreview();
  update();
}

/** Addresses on the own site that this page was not let read. */
const shut = new Set();

/**
 * The feeds, the relay aside: as they are `written` in the code; what of them this page can ask for, as `asked`; whether they are
 * all on the own site (`areOwn`), and some of them left out (`arePartial`). What is on the own site may be out of this
 * page's reach, and there is nothing wrong with it: an example then stands in (`isStandIn`).
 */
function sources() {
  const example = new URL(`feeds/${values.example}`, document.baseURI).href;
  if (!values.src) return { written: example, asked: example, areOwn: false, isStandIn: false, arePartial: false };
  const addresses = values.src.split(' ');
  const areOwn = addresses.every((address) => isOwn(address, values.site));
  const known = addresses.map((address) => resolveOn(values.site, address)).filter(Boolean);
  const asked = known.join(' ');
  const isStandIn = areOwn && (known.length < addresses.length || shut.has(asked));
  const arePartial = !areOwn && known.length < addresses.length;
  return { written: values.src, asked: isStandIn ? example : asked, areOwn, isStandIn, arePartial };
}

/** What has been read of the chosen feed: not of the one that stands in for it. */
function readFeed() {
  return sources().isStandIn ? undefined : preview.feed;
}

const baseOf = (element) => element?.src.split(' ')[0] ?? '';

/** The fallback link: as chosen, or as the feed has it, or, where neither is known, one that `isInvented`. */
function fallback() {
  const { written } = sources();
  const feed = readFeed();
  const link = values.fallback || diaryLink(feed, baseOf(preview.element));
  const [first] = written.split(' ');
  const text = values['fallback-text'] || values.heading || feed?.title;
  return {
    link: link || (URL.canParse(first) ? new URL(first).origin : '/'),
    text: text || 'Kommunchefens dagbok',
    isInvented: !link,
    hasInventedText: !text,
  };
}

function showPreview() {
  const { link, text } = fallback();
  preview.show({ values, settings, src: sources().asked, link, linkText: text, language: values.ui });
}

/** Whether it is known what becomes of the feed. */
function isSettled() {
  return sources().isStandIn || ['ready', 'empty', 'failed'].includes(preview.status);
}

/** What is said of the feed, and of the state of things. */
function outcome() {
  const { element } = preview;
  const { isStandIn, arePartial } = sources();
  const { show, fallback: written } = values;
  const note = (text) => [{ tone: 'note', text }];
  if (!preview.isDefined || !element) return [{ tone: 'bad', text: 'check-script' }];
  const link = () => describeLink({ feed: undefined, fallback: written, link: fallback().link });
  if (isStandIn) return [...note('check-own'), ...link()];
  const { status, error, feed } = preview;
  if (status === 'idle') return [{ tone: 'warn', text: 'check-idle' }];
  if (status === 'loading') return [{ tone: 'warn', text: 'check-loading' }];
  if (error) return [...describeFailure(error), ...link()];
  const said = describeFeed(feed, { now: Date.now(), fallback: written, base: baseOf(element), show });
  return arePartial ? [...note('check-own-some'), ...said] : said;
}

function item({ tone, text, gaps }) {
  const made = make('li', { className: tone, textContent: say(text, gaps) });
  if (text === 'error-network') made.append(' ', make('a', { href: '#relay', textContent: say('to-relay') }));
  return made;
}

/** Replaces what has changed only, so that a screen reader does not say again what it has said. */
function fillList(list, items) {
  const told = (nodes) => [...nodes].map(({ textContent, className }) => `${className} ${textContent}`).join('\n');
  if (told(list.children) !== told(items)) list.replaceChildren(...items);
}

/** What is to be said before somebody pastes; `relay` is how the own server hands the feed on, where it does. */
function warningsFor(relay, address) {
  const { src, server } = values;
  const isUnreadable = !address && !sources().isStandIn && preview.error?.code === 'network';
  const said = [
    [!src && !values.relay, 'warn-example'],
    [isUnreadable, 'warn-unreadable'],
    [address && !server, 'warn-relay'],
    [relay && !relay.isTested, 'warn-untested'],
    [relay && src && !relay.isFilled, 'warn-recipe-address'],
    [relay && address !== relay.path, 'warn-recipe-path'],
    [src && isSettled() && fallback().isInvented, 'warn-link'],
  ];
  const gaps = { relay: address, own: relay?.path };
  return said.filter(([isSo]) => isSo).map(([, text]) => ({ tone: 'warn', text, gaps }));
}

/** The recipe to copy; its boxes are made anew for another recipe or language only, so that the focus stays in them. */
function showRecipe(relay) {
  const recipe = relay ? `${values.server} ${values.ui}` : '';
  find('recipe').hidden = !relay;
  if (recipe !== shownRecipe) {
    const boxes = (relay?.files ?? []).map(([file]) => ({
      name: file,
      label: say('box-recipe', { file }),
      about: say(file.includes(' ') ? 'about-front' : 'about-recipe'),
      button: say('copy-recipe', { file }),
    }));
    fillRecipe = makeBoxes(find('recipe-boxes'), boxes, { say, announce: (text) => announce('announcement', text) });
    shownRecipe = recipe;
  }
  if (relay) fillRecipe(relay.files);
}

/** How the page's own server hands the feed on, where that is chosen; a feed that is there already needs nobody to. */
function relayOf() {
  const { src, site, server, relay } = values;
  if (sources().areOwn) return { way: undefined, relay: '' };
  const way = relayFor(server, { src, site, recipes });
  return { way, relay: relay || way?.path || '' };
}

/** Heights of the list; of one that is not there, or not the own one, there are none. */
function measured() {
  return preview.status === 'ready' && !sources().isStandIn ? preview.measure(values.width) : undefined;
}

function markFallback() {
  const { link, isInvented, hasInventedText } = fallback();
  const isMissing = isSettled() && isInvented;
  markWanted('fallback', isMissing ? say('wanted', { now: link }) : '');
  markWanted('fallback-text', isSettled() && hasInventedText ? say('wanted', { now: fallback().text }) : '');
}

function update() {
  const { areOwn, isStandIn, asked, written } = sources();
  if (areOwn && !isStandIn && preview.error?.code === 'network' && !shut.has(asked)) {
    shut.add(asked);
    showPreview();
  }
  fillList(find('check'), outcome().map(item));
  const { theme } = values;
  const { way, relay } = relayOf();
  find('relay').hidden = areOwn;
  fillList(find('warnings'), warningsFor(way, relay).map(item));
  showRecipe(way);
  markFallback();
  const { link, text } = fallback();
  preview.showFallback(link, text);
  const images = readFeed() ? preview.element.entries.map(({ image }) => image).filter(Boolean) : [];
  const reserve = measured();
  const isUnmeasured = !reserve && isSettled();
  const snippet = buildSnippet({
    values: { ...values, relay },
    settings,
    src: written,
    images,
    integrity: hashes['diary-feed.min.js'],
    link,
    linkText: text,
    reserve,
    unmeasured: isUnmeasured ? say('css-unmeasured') : '',
  });
  const steps = [
    ...(way ? [{ text: 'next-relay', gaps: { relay } }] : []),
    { text: 'next-file', gaps: { script: values.script } },
    ...(theme ? [{ text: 'next-theme', gaps: { theme } }] : []),
    { text: 'next-paste' },
    { text: isUnmeasured ? 'next-css-unmeasured' : 'next-css' },
    { text: 'next-look' },
    { text: 'next-hash', gaps: { version } },
  ];
  fillList(find('next'), steps.map(item));
  fillBoxes(Object.entries({ ...snippet, css: snippet.css || `/* ${say('check-loading')} */`, link: location.href }));
}

/** Everything that is words, and the form: anew when the language or the address changes. */
function render() {
  const { ui } = values;
  document.documentElement.lang = ui;
  document.title = say('title');
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) element.ariaLabel = say(element.dataset.label);
  for (const element of document.querySelectorAll('[data-title]')) element.title = say(element.dataset.title);
  find('language').textContent = ui === 'sv' ? 'In English' : 'På svenska';
  find('language').lang = ui === 'sv' ? 'en' : 'sv';

  const byKey = new Map(settings.map((setting) => [setting.key, setting]));
  const placed = new Set([...Object.values(GROUPS).flat(), 'theme', 'ui']);
  const rest = settings.filter(({ key, place }) => place === 'attribute' && !placed.has(key));
  const isColour = ({ kind }) => kind === 'colour';
  const properties = settings.filter(({ place }) => place === 'property');
  const known = (name) => GROUPS[name].map((key) => byKey.get(key)).filter(Boolean);
  const named = (name) => controls(say(`group-${name}`), known(name), values, tools);
  const colours = foldedControls(say('group-colours'), properties.filter(isColour), values, tools);
  colours.append(make('p', { className: 'help', textContent: say('colour-help') }));
  const sizes = properties.filter((setting) => !isColour(setting));
  find('fields-feed').replaceChildren(named('feed'));
  find('fields-look').replaceChildren(
    named('show'),
    controls(say('group-theme'), [byKey.get('theme')], values, tools),
    colours,
    foldedControls(say('group-sizes'), sizes, values, tools),
    foldedControls(say('group-choice'), known('choice'), values, tools),
    foldedControls(say('group-more'), rest, values, tools),
  );
  find('fields-preview').replaceChildren(named('preview'));
  const relay = named('relay');
  relay.id = 'relay'; // what is said of a feed that cannot be read leads here
  find('fields-server').replaceChildren(named('server'), relay);
  const boxes = ['html', 'css', 'policy', 'link'].map((name) => ({
    name,
    label: say(`box-${name}`),
    about: say(`about-${name}`),
    button: say(`copy-${name}`),
  }));
  fillBoxes = makeBoxes(find('boxes'), boxes, { say, announce: (text) => announce('announcement', text) });
}

function restore() {
  shownQuery = location.search;
  values = readQuery(location.search, settings);
  render();
  showPreview();
  update();
}

find('form').addEventListener('submit', (event) => event.preventDefault());
find('language').addEventListener('click', () => {
  values = { ...values, ui: values.ui === 'sv' ? 'en' : 'sv' };
  render();
  change('ui', values.ui);
});
addEventListener('popstate', () => {
  // a link within the page changes nothing of it
  if (location.search !== shownQuery) restore();
});
restore();
document.documentElement.dataset.ready = '';
