// The page where a webmaster builds an element: form, preview, check and code follow one set of values, which stands in
// the page's address.
import { makeBoxes } from './configurator/boxes.js';
import { controls, foldedControls, make, markWanted, nameOf } from './configurator/controls.js';
import { describeAddress, describeLink, diaryLink, hostOf } from './configurator/feed-check.js';
import { askedFor, isSettled, isShown, judge, picturesOf, settle, toHandOn } from './configurator/judgement.js';
import { Preview } from './configurator/preview.js';
import { relayFor } from './configurator/relay.js';
import { buildSnippet } from './configurator/snippet.js';
import { PAGE_SETTINGS, readSurface } from './configurator/surface.js';
import { TEXTS, textIn } from './configurator/texts.js';
import { readQuery, refusedIn, writeQuery } from './configurator/values.js';
import { warningsFor } from './configurator/warnings.js';

const find = (id) => document.getElementById(id);
const ask = async (file) => {
  const answer = await fetch(new URL(`../dist/${file}`, import.meta.url));
  if (!answer.ok) throw new Error(`dist/${file}: ${answer.status}`);
  return file.endsWith('.json') ? answer.json() : answer.text();
};

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
  ask('diary-feed.min.js'),
  settled(find('preview')),
]).catch((error) => {
  const { ui } = readQuery(location.search, PAGE_SETTINGS);
  find('check').append(make('li', { className: 'bad', textContent: textIn(ui, 'check-files') }));
  throw error;
});
const settings = readSurface(manifest);
const version = /^\/\*! diary-feed (\S+)/m.exec(script)?.[1] ?? '?';

let values = readQuery(location.search, settings);
/** What the address held that cannot be used: settings, each with its text. */
let refused = [];
/** The query that the page shows. */
let shownQuery;
let fillBoxes;
/** Which recipe has its boxes on the page, in which language; and what fills them. */
let shownRecipe = '';
let fillRecipe;

const say = (key, gaps) => textIn(values.ui, key, gaps);
const makePreview = () =>
  new Preview(find('preview'), {
    onOutcome: () => update(),
    onLink: () => announce('said', say('preview-links')),
  });
let preview = makePreview();
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
  refused = refused.filter(([setting]) => setting.key !== key);
  showPreview();
  update();
  keepInAddress();
}

const queryOf = () => {
  const query = writeQuery(values, settings);
  return query && `?${query}`;
};

/** Milliseconds between two changes of the address at least: browsers refuse more than a hundred in ten seconds. */
const CALM = 200;

let keeping;

/** Writes the choice into the page's address, once a row of changes has ended. */
function keepInAddress() {
  clearTimeout(keeping);
  keeping = setTimeout(keepNow, CALM);
}

function keepNow() {
  if (!keeping) return;
  clearTimeout(keeping);
  keeping = undefined;
  history.replaceState(null, '', queryOf() || location.pathname);
  shownQuery = location.search;
}

/** What the element is shown with where the page can ask for none of the chosen addresses. */
const exampleFeed = () => new URL(`feeds/${values.example}`, document.baseURI).href;

/** What feeds are chosen: the addresses as written, or the example. */
const chosen = () => (values.src ? [...new Set(values.src.split(' '))] : [exampleFeed()]);

/**
 * What is known, from which follows all that is shown: `judged`, a judgement per address; whether the example stands in for them,
 * as `isStandIn`; what has been read, as `feed`; whether all of it `isKnown`; how the own server hands feeds on, as `way`, and
 * where, as `path`, '' where none is handed on; the `fallback`.
 */
function know() {
  const { site, server } = values;
  const first = chosen().map((address) => judge(address, { site, read: (asked) => preview.readings.of(asked) }));
  const [handedOn] = toHandOn(first);
  const feedOfRecipe = values.src ? (handedOn?.found ?? handedOn?.address) : '';
  const way = handedOn && relayFor(server, { src: feedOfRecipe, site, recipes });
  const path = handedOn ? values.relay || way?.path || '' : '';
  const judged = settle(first, path);
  const isStandIn = !judged.some(isShown);
  const feed = isStandIn ? undefined : preview.feed;
  const isDone = isStandIn || ['ready', 'empty', 'failed'].includes(preview.status);
  return {
    judged,
    isStandIn,
    feed,
    isKnown: isDone && judged.every(isSettled),
    way,
    path,
    fallback: fallback(feed),
  };
}

/** The fallback link: as chosen, or as the feed has it, or, where neither is known, one that `isInvented`. */
function fallback(feed) {
  const known = values.fallback || diaryLink(feed, baseOf(preview.element));
  const [first] = chosen();
  const link = known || (URL.canParse(first) ? new URL(first).origin : '/');
  return { link, text: values['fallback-text'] || linkText(link), isInvented: !known };
}

/** Returns the text of the fallback link, in the language of the list. */
function linkText(link) {
  const host = hostOf(link, values.site);
  return textIn(values.lang in TEXTS ? values.lang : values.ui, host ? 'link-text' : 'link-text-own', { host });
}

const baseOf = (element) => element?.src.split(' ')[0] ?? '';

/** What the preview reads. */
function sourceFor({ judged, isStandIn }) {
  return isStandIn
    ? exampleFeed()
    : judged
        .filter(isShown)
        .map(({ asked }) => asked)
        .join(' ');
}

function showPreview() {
  const { site, timeout } = values;
  const asked = chosen().map((address) => askedFor(address, site));
  preview.readings.want(asked.filter(Boolean), timeout);
  const known = know();
  const { link, text } = known.fallback;
  preview.show({ values, settings, src: sourceFor(known), link, linkText: text });
}

/** What is said of the feeds, and of the state of things. */
function outcome({ judged, isStandIn, feed, isKnown, fallback: { link } }) {
  const { show, fallback: written } = values;
  if (!preview.isDefined || !preview.element) return [{ tone: 'bad', text: 'check-script' }];
  const said = judged.flatMap((judgement) => {
    const of = judged.length > 1 ? judgement.address : '';
    return describeAddress(judgement, { now: Date.now(), show, isStandIn }).map((line) => ({ ...line, of }));
  });
  if (!isKnown) return said;
  const isHidden = feed?.entries.length > 0 && preview.element.entries.length === 0;
  return [
    ...said,
    ...(isHidden ? [{ tone: 'warn', text: 'feed-none-shown' }] : []),
    ...describeLink({ feed, fallback: written, link, base: baseOf(preview.element) }),
  ];
}

/** Puts what is offered into the field, in the place of what stands there. */
function take({ key, from, to }) {
  const input = find(`setting-${key}`);
  const words = values[key].split(' ');
  input.value = words.map((word) => (word === from ? to : word)).join(' ');
  input.dispatchEvent(new Event('change'));
  input.focus(); // the button goes with what it was about
}

function item({ tone, text, gaps, of, offer }) {
  const made = make('li', { className: tone, textContent: `${of ? `${of}: ` : ''}${say(text, gaps)}` });
  if (text === 'error-network') made.append(' ', make('a', { href: '#relay', textContent: say('to-relay') }));
  if (offer) {
    const button = make('button', { type: 'button', textContent: say('take', offer) });
    button.addEventListener('click', () => take(offer));
    made.append(' ', button);
  }
  return made;
}

/** Replaces what has changed only, so that a screen reader does not say again what it has said. */
function fillList(list, items) {
  const told = (nodes) => [...nodes].map(({ textContent, className }) => `${className} ${textContent}`).join('\n');
  if (told(list.children) !== told(items)) list.replaceChildren(...items);
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

function markFallback({ isKnown, fallback: { link, isInvented } }) {
  markWanted('fallback', isKnown && isInvented ? say('wanted', { now: link }) : '');
}

/** Where pictures come from, for the policy: `images`, and what stands for hosts that are not known, or ''. */
function pictures({ judged, isKnown }) {
  const found = judged.map(picturesOf);
  const isGuess = values.show.split(' ').includes('image') && isKnown && found.some((each) => each.isGuess);
  return {
    images: found.flatMap(({ addresses }) => addresses),
    unknownImages: isGuess ? say('policy-pictures') : '',
  };
}

function update() {
  let known = know();
  // what has turned out to be out of reach is no longer shown, and what is within reach again is
  if (preview.element && preview.element.getAttribute('src') !== sourceFor(known)) {
    showPreview();
    known = know();
  }
  const { judged, way } = known;
  const { link, text } = known.fallback;
  const refusals = refused.map(([setting, written]) => ({
    tone: 'warn',
    text: 'refused',
    gaps: { name: nameOf(setting, say), written: written.slice(0, 80) },
  }));
  fillList(find('refused'), refusals.map(item));
  fillList(find('check'), outcome(known).map(item));
  find('relay').hidden = toHandOn(judged).length === 0;
  const { images, unknownImages } = pictures(known);
  fillList(find('warnings'), warningsFor(known, { values, unknownImages }).map(item));
  showRecipe(way);
  markFallback(known);
  preview.showFallback(link, text);
  const snippet = buildSnippet({
    values,
    settings,
    src: [...new Set(judged.map(({ code }) => code))].join(' '),
    images,
    unknownImages,
    integrity: hashes['diary-feed.min.js'],
    link,
    linkText: text,
  });
  const { script, theme } = values;
  const relayed = judged.filter(({ isHandedOn }) => isHandedOn).map(({ code }) => code);
  const steps = [
    ...(way ? [{ text: 'next-relay', gaps: { relay: relayed.join(', ') } }] : []),
    { text: 'next-file', gaps: { script } },
    ...(theme ? [{ text: 'next-theme', gaps: { theme } }] : []),
    { text: 'next-paste' },
    ...(snippet.css ? [{ text: 'next-css' }] : []),
    { text: 'next-look' },
    { text: 'next-hash', gaps: { version } },
  ];
  fillList(find('next'), steps.map(item));
  const address = new URL(location.pathname + queryOf(), location.href).href;
  fillBoxes(Object.entries({ ...snippet, link: address }));
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
  const opened = new Set([...document.querySelectorAll('details[open]')].map(({ id }) => id));
  const folded = (name, list) => {
    const id = `group-${name}`;
    return Object.assign(foldedControls(say(id), list, values, tools), { id, open: opened.has(id) });
  };
  const colours = folded('colours', properties.filter(isColour));
  colours.append(make('p', { className: 'help', textContent: say('colour-help') }));
  const sizes = properties.filter((setting) => !isColour(setting));
  find('fields-feed').replaceChildren(named('feed'));
  find('fields-look').replaceChildren(
    named('show'),
    controls(say('group-theme'), [byKey.get('theme')], values, tools),
    colours,
    folded('sizes', sizes),
    folded('choice', known('choice')),
    folded('more', rest),
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
  refused = refusedIn(location.search, settings);
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
addEventListener('pagehide', keepNow);

let isLost = false;

// browsers have other ways than a link to open a page in the preview: their menus, an address that is dropped there
find('preview').addEventListener('load', ({ target: frame }) => {
  if (preview.isIn(frame.contentDocument)) return;
  if (frame.contentDocument?.getElementById('place')) {
    isLost = false;
    preview.end();
    preview = makePreview();
    showPreview();
    update();
  } else if (!isLost) {
    isLost = true; // where the mock page itself does not come, once is enough
    frame.contentWindow.location.replace(new URL('configurator-preview.html', document.baseURI));
  }
});
addEventListener('popstate', () => {
  // a link within the page changes nothing of it
  if (location.search !== shownQuery) restore();
});
restore();
document.documentElement.dataset.ready = '';
