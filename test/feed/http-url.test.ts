import { expect } from 'chai';
import { httpUrl } from '../../src/feed/http-url.js';

const BASE = 'https://dagbok.example/2015/mars.html';

describe('httpUrl', () => {
  const good: [value: string, expected: string][] = [
    ['https://kommun.example/', 'https://kommun.example/'],
    ['http://kommun.example/a?b=c#d', 'http://kommun.example/a?b=c#d'],
    ['HTTPS://KOMMUN.EXAMPLE/', 'https://kommun.example/'],
    ['https://kommun.example', 'https://kommun.example/'],
    ['\n  https://kommun.example/  \n', 'https://kommun.example/'],
    ['/april', 'https://dagbok.example/april'],
    ['april.html', 'https://dagbok.example/2015/april.html'],
    ['../2014/', 'https://dagbok.example/2014/'],
    ['?sida=2', 'https://dagbok.example/2015/mars.html?sida=2'],
    ['#kommentarer', 'https://dagbok.example/2015/mars.html#kommentarer'],
    ['//kommun.example/x', 'https://kommun.example/x'],
    ['/möten i mars', 'https://dagbok.example/m%C3%B6ten%20i%20mars'],
    ['https://kommun.example:8443/', 'https://kommun.example:8443/'],
    ['https://å.example/', 'https://xn--5ca.example/'],
    ['https://min_dagbok.example./', 'https://min_dagbok.example./'],
    ['https://[2001:DB8::1]:8443/', 'https://[2001:db8::1]:8443/'],
    ['/javascript:alert(1)', 'https://dagbok.example/javascript:alert(1)'],
  ];
  for (const [value, expected] of good) {
    it(`gives ${JSON.stringify(value)} in full`, () => {
      expect(httpUrl(value, BASE)).to.equal(expected);
    });
  }

  const bad = [
    '',
    ' \n',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://dagbok.example/1',
    'file:///etc/passwd',
    'ftp://kommun.example/',
    'mailto:info@kommun.example',
    'tel:+4697117200',
    'about:blank',
    'view-source:https://kommun.example/',
    'https://user@kommun.example/',
    'https://user:secret@kommun.example/',
    'https://dagbok.example@phish.example/',
    '//user@kommun.example/',
    'http://',
    'https://[::1/',
    'https://kommun.example:99999/',
    'https://kommun.example;phish.example/',
    'https://kommun.example"/',
    'https://kommun.example%20phish.example/',
    'https://kommun.example&phish.example/',
    'https://(kommun.example)/',
  ];
  for (const value of bad) {
    it(`gives nothing for ${JSON.stringify(value)}`, () => {
      expect(httpUrl(value, BASE)).to.equal(undefined);
    });
  }

  it('gives nothing for a relative address that starts nowhere', () => {
    expect(httpUrl('/april')).to.equal(undefined);
    expect(httpUrl('kommun.example/april')).to.equal(undefined);
    expect(httpUrl('/april', 'no address')).to.equal(undefined);
    expect(httpUrl('/april', 'data:text/plain,x')).to.equal(undefined);
  });

  it('needs no base for a whole address', () => {
    expect(httpUrl('https://kommun.example/april')).to.equal('https://kommun.example/april');
  });

  it('gives nothing for nothing', () => {
    expect(httpUrl(undefined, BASE)).to.equal(undefined);
  });
});
