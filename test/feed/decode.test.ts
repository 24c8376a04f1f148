import { expect } from 'chai';
import { decodeFeed } from '../../src/feed/decode.js';

const LETTERS = 'å ä ö Å Ä Ö á đ ŋ š ŧ ž Á Đ Ŋ Š Ŧ Ž';
const LATIN = 'å ä ö Å Ä Ö';

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Encodes characters below U+0100 as one byte each. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function utf16(text: string, endianness: 'little' | 'big', mark = true): Uint8Array {
  const units = mark ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(units.length * 2));
  for (let index = 0; index < units.length; index++) {
    view.setUint16(index * 2, units.charCodeAt(index), endianness === 'little');
  }
  return new Uint8Array(view.buffer);
}

function declaring(encoding: string, text: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?><title>${text}</title>`;
}

describe('decodeFeed', () => {
  it('reads UTF-8 by default, with Sámi letters', () => {
    expect(decodeFeed(utf8(LETTERS))).to.equal(LETTERS);
    expect(decodeFeed(utf8(LETTERS), null)).to.equal(LETTERS);
    expect(decodeFeed(utf8(LETTERS), 'application/rss+xml')).to.equal(LETTERS);
  });

  it('reads declared UTF-8 without its byte-order mark', () => {
    expect(decodeFeed(utf8(`\ufeff${LETTERS}`))).to.equal(LETTERS);
    expect(decodeFeed(utf8(LETTERS), 'application/xml; charset=utf-8')).to.equal(LETTERS);
    expect(decodeFeed(utf8(declaring('UTF-8', LETTERS)))).to.contain(LETTERS);
  });

  it('reads ISO-8859-1 in the declaration', () => {
    expect(decodeFeed(latin1(declaring('ISO-8859-1', LATIN)))).to.equal(declaring('ISO-8859-1', LATIN));
  });

  it('reads a declaration in single quotes, in capitals and with spaces', () => {
    for (const declaration of [
      "<?xml version='1.0' encoding='iso-8859-1'?>",
      '<?XML VERSION="1.0" ENCODING="Latin1" ?>',
      '<?xml version="1.0"\n encoding = " ISO-8859-1 " standalone="yes"?>',
    ]) {
      // also valid UTF-8: only the declaration decides
      expect(decodeFeed(latin1(`${declaration}\u00c3\u00a5`))).to.equal(`${declaration}\u00c3\u00a5`);
    }
  });

  it('reads ISO-8859-1 in the header', () => {
    expect(decodeFeed(latin1(LATIN), 'text/xml; charset=ISO-8859-1')).to.equal(LATIN);
  });

  for (const contentType of [
    'text/xml;charset=iso-8859-1',
    "text/xml; charset='iso-8859-1'",
    'text/xml; boundary=x; charset=iso-8859-1',
    'text/xml ; charset = iso-8859-1',
  ]) {
    it(`reads the charset in ${contentType}`, () => {
      // also valid UTF-8: only the header decides
      expect(decodeFeed(latin1('\u00c3\u00a5'), contentType)).to.equal('\u00c3\u00a5');
    });
  }

  it('prefers the header to the declaration', () => {
    const text = declaring('utf-8', '\u00c3\u00a5');
    expect(decodeFeed(latin1(text), 'text/xml; charset=iso-8859-1')).to.equal(text);
    expect(decodeFeed(utf8(declaring('iso-8859-1', LETTERS)), 'text/xml; charset=utf-8')).to.contain(LETTERS);
  });

  it('prefers the byte-order mark to header and declaration', () => {
    const text = declaring('iso-8859-1', LETTERS);
    expect(decodeFeed(utf8(`\ufeff${text}`), 'text/xml; charset=windows-1252')).to.equal(text);
    expect(decodeFeed(utf16(text, 'little'), 'text/xml; charset=utf-8')).to.equal(text);
  });

  it('tries the next encoding if the bytes are invalid in the declared one', () => {
    expect(decodeFeed(latin1(declaring('iso-8859-1', LATIN)), 'text/xml; charset=utf-8')).to.contain(LATIN);
    expect(decodeFeed(utf8(declaring('us-nonsense', LETTERS)), 'text/xml; charset=more-nonsense')).to.contain(LETTERS);
  });

  it('reads invalid UTF-8 as windows-1252', () => {
    expect(decodeFeed(latin1(LATIN))).to.equal(LATIN);
    expect(decodeFeed(latin1(declaring('utf-8', LATIN)), 'text/xml; charset=utf-8')).to.contain(LATIN);
    expect(decodeFeed(Uint8Array.of(0x93, 0xe5, 0x94, 0x20, 0x96, 0x20, 0x80))).to.equal('“å” – €');
  });

  it('reads declared ISO-8859-1 as windows-1252', () => {
    expect(decodeFeed(Uint8Array.of(0x93, 0xe5, 0x94), 'text/xml; charset=iso-8859-1')).to.equal('“å”');
  });

  for (const label of ['nonsense', 'constructor', 'x'.repeat(10_000), '""']) {
    it(`ignores the label ${label.slice(0, 20)}`, () => {
      expect(decodeFeed(utf8(LETTERS), `text/xml; charset=${label}`)).to.equal(LETTERS);
      expect(decodeFeed(utf8(declaring(label.replaceAll('"', ''), LETTERS)))).to.contain(LETTERS);
    });
  }

  for (const endianness of ['little', 'big'] as const) {
    it(`reads ${endianness}-endian UTF-16 with a byte-order mark`, () => {
      expect(decodeFeed(utf16(LETTERS, endianness))).to.equal(LETTERS);
    });

    it(`reads ${endianness}-endian UTF-16 without a byte-order mark`, () => {
      const text = declaring('utf-16', `${LETTERS} 😀`);
      expect(decodeFeed(utf16(text, endianness, false))).to.equal(text);
    });

    it(`reads ${endianness}-endian UTF-16 that is cut off in a character`, () => {
      expect(decodeFeed(utf16(`${LETTERS}x`, endianness).subarray(0, -1))).to.equal(`${LETTERS}\ufffd`);
    });
  }

  it('reads other encodings that browsers support', () => {
    expect(decodeFeed(Uint8Array.of(0xe1, 0xa4, 0xa8, 0xb8), 'text/xml; charset=iso-8859-15')).to.equal('á€šž');
    expect(decodeFeed(Uint8Array.of(0xbf, 0xba, 0xb9, 0xe1), 'text/xml; charset=iso-8859-10')).to.equal('ŋšđá');
  });

  for (const text of [declaring('UTF-16', 'x'), declaring('UTF-16', 'xx')]) {
    it(`ignores UTF-16 as the label of ${text.length} bytes that aren't UTF-16`, () => {
      expect(decodeFeed(utf8(text))).to.equal(text);
      expect(decodeFeed(utf8(text), 'text/xml; charset=utf-16le')).to.equal(text);
    });
  }

  it('reads a long feed in the encoding of its beginning', () => {
    const end = Uint8Array.of(...utf8('å'), 0xff);
    const bytes = new Uint8Array(1_000_000 + end.length).fill(0x20);
    bytes.set(end, 1_000_000);
    expect(decodeFeed(bytes).trim()).to.equal('å\ufffd');
  });

  it('reads UTF-8 that is cut off in a character', () => {
    expect(decodeFeed(utf8(LETTERS).subarray(0, -1))).to.equal(LETTERS.slice(0, -1));
  });

  it('returns text for any bytes', () => {
    const every = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(decodeFeed(every)).to.have.lengthOf(256);
    for (const start of [[0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0x00, 0x3c], [0x3c, 0x00], [0x3c]]) {
      const text = decodeFeed(Uint8Array.from([...start, ...every, 0x00]));
      expect(text).to.be.a('string');
      expect(text).not.to.equal('');
    }
  });

  it('ignores a declaration in the middle of a feed', () => {
    const text = `<rss>${' '.repeat(2000)}<?xml version="1.0" encoding="iso-8859-1"?>${LETTERS}`;
    expect(decodeFeed(utf8(text))).to.equal(text);
  });

  for (const contentType of [`text/xml;${' '.repeat(200_000)}`, ';'.repeat(200_000)]) {
    it(`reads a Content-Type of 200,000 characters in linear time: ${contentType.slice(0, 20)}`, () => {
      const start = performance.now();
      expect(decodeFeed(utf8(LETTERS), contentType)).to.equal(LETTERS);
      // linear: 2 ms; quadratic: over 10 s
      expect(performance.now() - start).to.be.below(2000);
    });
  }
});
