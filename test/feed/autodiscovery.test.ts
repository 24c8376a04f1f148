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

describe('discoverFeed', () => {
  const rows: [what: string, head: string][] = [
    ['in the usual form', LINK],
    ['of type Atom', LINK.replace('rss', 'atom')],
    ['in XHTML', LINK.replace('>', ' />')],
    ['with a parameter in type', LINK.replace('rss+xml', 'rss+xml; charset=utf-8')],
    ['in single quotes', LINK.replaceAll('"', "'")],
    ['without quotes', LINK.replaceAll('"', '')],
    ['with an apostrophe in an unquoted value', LINK.replace('rel', "title=Eva's rel")],
    ['with missing values', LINK.replace('rel', 'media= title rel').replace('>', ' hreflang=>')],
    ['without spaces between attributes', LINK.replaceAll('" ', '"')],
    ['relative to a base', `<base href="https://dagbok.example/">${LINK.replace('/feed.xml', 'feed.xml')}`],
    ['after data of another type', `${LINK.replace('rss', 'rdf').replace('feed', 'data')}${LINK}`],
    [
      'after other links',
      `<link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="en" href="/en">${LINK}`,
    ],
    ['after a comment with another', `<!-- ${LINK.replace('feed', 'old')} -->${LINK}`],
    ['after a script with another', `<script>document.write('${LINK.replace('feed', 'old')}')</script>${LINK}`],
    [
      'after title and style',
      `<title>${LINK.replace('feed', 'a')}</title><STYLE>${LINK.replace('feed', 'b')}</style >${LINK}`,
    ],
    ['after a template', `<template>${LINK.replace('feed', 'old')}</template>${LINK}`],
    ['after noscript', `<noscript>${LINK.replace('feed', 'old')}</noscript>${LINK}`],
  ];
  for (const [what, head] of rows) {
    it(`finds a link ${what}`, () => {
      expect(discoverFeed(pageWith(head), ADDRESS)).to.equal(FEED);
    });
  }

  it('decodes references in the URL', () => {
    const head = LINK.replace('/feed.xml', '/?feed=rss2&amp;copy=1&lang=sv');
    expect(discoverFeed(pageWith(head), ADDRESS)).to.equal('https://dagbok.example/?feed=rss2&copy=1&lang=sv');
  });

  const none: [what: string, page: string][] = [
    ['in a comment', pageWith(`<!-- ${LINK} -->`)],
    ['in the body', pageWith('').replace('</h1>', `</h1>${LINK}`)],
    ['with another rel', pageWith(LINK.replace('alternate', 'alternate-feed'))],
    ['of another type', pageWith(LINK.replace('rss+xml', 'json'))],
    ['that is cut off', pageWith('').replace(/<\/head>[^]*/, LINK.replace('>', ''))],
    ['to javascript:', pageWith(LINK.replace('/feed.xml', 'javascript:alert(1)'))],
    ['with a password', pageWith(LINK.replace('/feed.xml', 'https://eva:hemligt@dagbok.example/'))],
    ['after MAX_HEAD_LENGTH characters', pageWith(`<style>${' '.repeat(MAX_HEAD_LENGTH)}</style>${LINK}`)],
  ];
  for (const [what, page] of none) {
    it(`ignores a link ${what}`, () => {
      expect(discoverFeed(page, ADDRESS)).to.equal(undefined);
    });
  }

  // quadratic time would exceed the time limit of the test
  for (const part of [
    '<!--',
    '<link ',
    '<link a="',
    '<script>',
    '<',
    '<a ',
    ' ',
    '<base href=/>',
    '<script><!--<script>',
  ]) {
    it(`reads ${JSON.stringify(part)} in linear time`, () => {
      for (const start of ['<html><link x', '<html>']) {
        expect(discoverFeed(start + part.repeat(MAX_HEAD_LENGTH), ADDRESS)).to.equal(undefined);
      }
    });
  }
});

describe('readFeed for an HTML page', () => {
  const errorOf = (page: string): FeedError => {
    try {
      readFeed(bytes(page), { url: ADDRESS });
    } catch (error) {
      if (error instanceof FeedError) return error;
    }
    throw new Error('it was read');
  };

  it('reports the feed that the page links to', () => {
    const { code, discoveredUrl, message } = errorOf(pageWith(LINK));
    expect([code, discoveredUrl]).to.deep.equal(['not-a-feed', FEED]);
    expect(message).to.contain(`an HTML page that links to a feed. Use ${FEED} instead`);
  });

  it('reports the types of links that it looked for', () => {
    const { discoveredUrl, message } = errorOf(pageWith(''));
    expect(discoveredUrl).to.equal(undefined);
    expect(message).to.match(/without a link to a feed: .*application\/rss\+xml.*application\/atom\+xml/);
  });

  it('finds a link in a page without html, head and body tags', () => {
    expect(errorOf(`<!DOCTYPE html>\n<title>Dagboken</title>${LINK}<p>Hej`).discoveredUrl).to.equal(FEED);
  });
});
