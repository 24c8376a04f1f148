import { BEGINNING, decode, likelyDecoder } from './decode.js';
import { isPage, MAX_HEAD_LENGTH } from './discovery.js';
import type { FeedText } from './markup.js';

/** Characters that tell whether a text is a page. */
const TELLING = 1000;

/** The text of a feed that is there. */
export function wholeText(bytes: Uint8Array, contentType?: string | null): FeedText {
  return givenText(decode(bytes, contentType));
}

/** A text that is there. */
export function givenText(text: string): FeedText {
  return { text, beginning: beginningOf(text), isWhole: true };
}

/** So much of a text as tells what it is where it is no feed. */
function beginningOf(text: string): string {
  return text.trimStart().slice(0, MAX_HEAD_LENGTH);
}

/** The text of a feed that is on its way, decoded as it comes. */
export class Arrival implements FeedText {
  text = '';
  beginning = '';
  isWhole = false;
  /** Whether the bytes have turned out to be in another encoding than they promised. */
  isMisread = false;

  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #contentType: string | null | undefined;
  readonly #bytes: Uint8Array[] = [];
  #length = 0;
  #decoder: TextDecoder | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>, contentType: string | null | undefined) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#contentType = contentType;
  }

  /**
   * Ends when so many characters have arrived that are not read, or all.
   *
   * @throws What the chunks throw; or any error, once the text {@link isMisread}.
   */
  async fill(length: number): Promise<void> {
    while (this.text.length < length && !this.isWhole) {
      const chunk = await this.#take();
      this.isWhole = !chunk;
      this.#decode(chunk);
    }
  }

  /** The text in the encoding that all its bytes are in. */
  async readAnew(): Promise<FeedText> {
    while (await this.#take());
    return wholeText(this.#joined(), this.#contentType);
  }

  async #take(): Promise<Uint8Array | undefined> {
    const next = await this.#chunks.next();
    if (next.done) return undefined;
    this.#bytes.push(next.value);
    this.#length += next.value.length;
    return next.value;
  }

  #decode(chunk: Uint8Array | undefined): void {
    let bytes = chunk;
    if (!this.#decoder) {
      if (this.#length < BEGINNING && !this.isWhole) return;
      bytes = this.#joined();
      this.#decoder = likelyDecoder(bytes, this.#contentType);
    }
    try {
      const text = this.#decoder.decode(bytes, { stream: !this.isWhole });
      this.text += text;
      if (this.beginning.length < (isPage(this.beginning) ? MAX_HEAD_LENGTH : TELLING))
        this.beginning = beginningOf(this.beginning + text);
    } catch (error) {
      this.isMisread = true;
      throw error;
    }
  }

  #joined(): Uint8Array {
    const joined = new Uint8Array(this.#length);
    let offset = 0;
    for (const bytes of this.#bytes) {
      joined.set(bytes, offset);
      offset += bytes.length;
    }
    return joined;
  }
}
