import { expect } from 'chai';
import { FeedError, readFeed } from '../../src/feed.js';
import { discoverFeed, MAX_HEAD_LENGTH } from '../../src/feed/autodiscovery.js';
import { bytes } from '../support/feeds.js';

const ADDRESS = 'https://dagbok.example/floden/';
const FEED = 'https://dagbok.example/feed.xml';
const LINK = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">';

function pageWith(head: string): string {
  return `<!doctype html><html lang="sv"><head><meta charset="utf-8">${head}</head><body><h1>Dagboken</h1></body></html>`;
}

describe('the feed that a page announces', () => {
  const rows: [what: string, head: string][] = [
    ['as most write it', LINK],
    ['as Atom', LINK.replace('rss', 'atom')],
    ['in capitals', LINK.toUpperCase().replace('/FEED.XML', '/feed.xml')],
    ['in XHTML', LINK.replace('>', ' />')],
    ['with other words in rel', LINK.replace('alternate', 'home\nALTERNATE feed')],
    ['with a parameter of the type', LINK.replace('rss+xml', 'rss+xml; charset=utf-8')],
    ['in single quotes', LINK.replaceAll('"', "'")],
    ['without quotes', LINK.replaceAll('"', '')],
    ['with blanks around =', LINK.replaceAll('=', ' = ')],
    ['with an apostrophe in a value without quotes', LINK.replace('rel', "title=Eva's rel")],
    ['with values that are missing', LINK.replace('rel', 'media= title rel').replace('>', ' hreflang=>')],
    ['without blanks between values', LINK.replaceAll('" ', '"')],
    ['from a base that is elsewhere', `<base href="https://dagbok.example/">${LINK.replace('/feed.xml', 'feed.xml')}`],
    ['from a base that comes later', `${LINK.replace('/feed.xml', 'feed.xml')}<base href="/"><base href="/x/">`],
    ['from a base that is none', `<base href="javascript:x"><base target="_top">${LINK}`],
    ['before others', `${LINK}${LINK.replace('feed', 'comments')}`],
    ['behind one that leads nowhere', `${LINK.replace('/feed.xml', 'javascript:alert(1)')}${LINK}`],
    ['behind one without an address', `<link rel=alternate type=application/rss+xml>${LINK}`],
    ['behind data of another kind', `${LINK.replace('rss', 'rdf').replace('feed', 'data')}${LINK}`],
    [
      'behind other links',
      `<link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="en" href="/en">${LINK}`,
    ],
    ['behind a comment that shows another', `<!-- ${LINK.replace('feed', 'old')} -->${LINK}`],
    ['behind comments that end at once', `<!--><!--->${LINK}`],
    ['behind a script that writes another', `<script>document.write('${LINK.replace('feed', 'old')}')</script>${LINK}`],
    [
      'behind what is not markup',
      `<title>${LINK.replace('feed', 'a')}</title><STYLE>${LINK.replace('feed', 'b')}</style >${LINK}`,
    ],
    ['behind a template', `<template>${LINK.replace('feed', 'old')}</template>${LINK}`],
    ['behind what a page for others has', `<noscript>${LINK.replace('feed', 'old')}</noscript>${LINK}`],
  ];
  for (const [what, head] of rows) {
    it(`is found: ${what}`, () => {
      expect(discoverFeed(pageWith(head), ADDRESS)).to.equal(FEED);
    });
  }

  it('has its references decoded', () => {
    const head = LINK.replace('/feed.xml', '/?feed=rss2&amp;copy=1&lang=sv');
    expect(discoverFeed(pageWith(head), ADDRESS)).to.equal('https://dagbok.example/?feed=rss2&copy=1&lang=sv');
  });

  const none: [what: string, page: string][] = [
    ['in a comment', pageWith(`<!-- ${LINK} -->`)],
    ['in a comment without end', pageWith(`<!-- ${LINK}`)],
    ['in a script without end', pageWith(`<script>${LINK}`)],
    ['in the body', pageWith('').replace('</h1>', `</h1>${LINK}`)],
    ['by another relation', pageWith(LINK.replace('alternate', 'alternate-feed'))],
    ['of another type', pageWith(LINK.replace('rss+xml', 'json'))],
    ['of a longer type', pageWith(LINK.replace('rss+xml', 'rss+xmlish'))],
    ['that is cut off', pageWith('').replace(/<\/head>[^]*/, LINK.replace('>', ''))],
    ['that is a program', pageWith(LINK.replace('/feed.xml', 'javascript:alert(1)'))],
    ['that is a file', pageWith(LINK.replace('/feed.xml', 'file:///feed.xml'))],
    ['that has a password', pageWith(LINK.replace('/feed.xml', 'https://eva:hemligt@dagbok.example/'))],
    ['behind more head than any page has', pageWith(`<style>${' '.repeat(MAX_HEAD_LENGTH)}</style>${LINK}`)],
  ];
  for (const [what, page] of none) {
    it(`is none ${what}`, () => {
      expect(discoverFeed(page, ADDRESS)).to.equal(undefined);
    });
  }

  // anything but linear time does not end within the test's own limit
  for (const part of [
    '<!--',
    '<!-- -',
    '<link ',
    '<link a="',
    "<link a='",
    '<link a=',
    '<link a="\'',
    '<script>',
    '</script ',
    '<',
    '<a',
    '<a ',
    ' ',
    '=',
    '"',
    '<link rel=alternate type=application/rss+xml href=x:>',
    '<base href=/>',
    '<title></title>',
    '<script><!--<script>',
    '<a/',
  ]) {
    it(`takes no more time than its length: ${part}`, () => {
      const page = `<html><link x${part.repeat(MAX_HEAD_LENGTH)}`;
      const inTag = `<html>${part.repeat(MAX_HEAD_LENGTH)}`;
      for (const text of [page, inTag]) expect(discoverFeed(text, ADDRESS)).to.equal(undefined);
    });
  }
});

describe('readFeed', () => {
  const errorOf = (page: string): FeedError => {
    try {
      readFeed(bytes(page), { url: ADDRESS });
    } catch (error) {
      if (error instanceof FeedError) return error;
    }
    throw new Error('it was read');
  };

  it('names the feed that a page announces', () => {
    const { code, discoveredUrl, message } = errorOf(pageWith(LINK));
    expect([code, discoveredUrl]).to.deep.equal(['not-a-feed', FEED]);
    expect(message).to.contain(`an HTML page that links to a feed. Use ${FEED} instead`);
  });

  it('says what it has looked for where a page announces none', () => {
    const { discoveredUrl, message } = errorOf(pageWith(''));
    expect(discoveredUrl).to.equal(undefined);
    expect(message).to.match(/without a link to a feed: .*application\/rss\+xml.*application\/atom\+xml/);
  });

  it('looks at a page without a single tag of its frame', () => {
    expect(errorOf(`<!DOCTYPE html>\n<title>Dagboken</title>${LINK}<p>Hej`).discoveredUrl).to.equal(FEED);
  });
});
