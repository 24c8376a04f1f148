import { expect } from 'chai';
import { httpUrl } from '../../src/feed/http-url.js';

const BASE = 'https://dagbok.example/2015/mars.html';

describe('httpUrl', () => {
  const good: [value: string, expected: string][] = [
    ['https://kommun.example/', 'https://kommun.example/'],
    ['\n  https://kommun.example/  \n', 'https://kommun.example/'],
    ['/april', 'https://dagbok.example/april'],
    ['april.html', 'https://dagbok.example/2015/april.html'],
    ['#kommentarer', 'https://dagbok.example/2015/mars.html#kommentarer'],
    ['/möten i mars', 'https://dagbok.example/m%C3%B6ten%20i%20mars'],
    ['https://å.example/', 'https://xn--5ca.example/'],
    ['/javascript:alert(1)', 'https://dagbok.example/javascript:alert(1)'],
  ];
  for (const [value, expected] of good) {
    it(`returns ${JSON.stringify(value)} as an absolute URL`, () => {
      expect(httpUrl(value, BASE)).to.equal(expected);
    });
  }

  const bad = [
    '',
    ' \n',
    '\u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'mailto:info@kommun.example',
    'tel:+4697117200',
    'https://user@kommun.example/',
    'https://user:secret@kommun.example/',
    'https://dagbok.example@phish.example/',
    'http://',
    'https://[::1/',
    'https://kommun.example"/',
    'https://(kommun.example)/',
  ];
  for (const value of bad) {
    it(`returns undefined for ${JSON.stringify(value)}`, () => {
      expect(httpUrl(value, BASE)).to.equal(undefined);
    });
  }

  it('returns undefined for a relative URL without a valid base', () => {
    expect(httpUrl('/april')).to.equal(undefined);
    expect(httpUrl('kommun.example/april')).to.equal(undefined);
    expect(httpUrl('/april', 'no address')).to.equal(undefined);
    expect(httpUrl('/april', 'data:text/plain,x')).to.equal(undefined);
  });

  it('needs no base for an absolute URL', () => {
    expect(httpUrl('https://kommun.example/april')).to.equal('https://kommun.example/april');
  });

  it('returns undefined for undefined', () => {
    expect(httpUrl(undefined, BASE)).to.equal(undefined);
  });
});
