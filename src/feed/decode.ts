/** The encoding that a byte-order mark says. */
function encodingOfMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  // without a mark, `<` beside a zero is UTF-16 (XML 1.0, appendix F)
  if (first === 0x00 && second === 0x3c) return 'utf-16be';
  if (first === 0x3c && second === 0x00) return 'utf-16le';
  return undefined;
}

/** The encoding in `<?xml … encoding="…"?>`; the declaration is ASCII, and what is before it is salvage. */
function encodingOfDeclaration(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 1024));
  return /<\?xml\s[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)/i.exec(start)?.[1];
}

function decodeAs(label: string | undefined, bytes: Uint8Array): string | undefined {
  if (!label) return undefined;
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // no such encoding, or not in it
  }
}

/**
 * The text of a feed's bytes. The encoding is told by the byte-order mark, else the `charset` of `contentType`, else
 * the XML declaration, else it is UTF-8. Where the bytes are not valid in it, the next is tried; bytes that are not
 * even valid UTF-8 are windows-1252, in which every byte is a character.
 */
export function decode(bytes: Uint8Array, contentType?: string | null): string {
  const mark = encodingOfMark(bytes);
  // nothing else begins like that; half a character at the end of a feed that was cut off is no reason for doubt
  if (mark?.startsWith('utf-16')) return new TextDecoder(mark).decode(bytes);
  const header = /;\s*charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  for (const label of [mark, header, mark ? undefined : encodingOfDeclaration(bytes), 'utf-8']) {
    const text = decodeAs(label, bytes);
    if (text !== undefined) return text;
  }
  return new TextDecoder('windows-1252').decode(bytes);
}
