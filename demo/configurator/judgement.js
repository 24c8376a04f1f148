// One judgement per address: what is said of it, the code, the policy and the recipe all follow from this.
import { isOwn, meantBy, resolveOn, secured } from './own-site.js';

/** An address as this page can ask for it, or `undefined`: of what was meant otherwise, and of a path of a site that nobody has named. */
export function askedFor(address, site) {
  return meantBy(address) ? undefined : resolveOn(site, address);
}

/**
 * What is known of an address of the feed:
 *
 * - `address`, as it is written; `asked`, as this page asks for it, or `undefined`;
 * - `status`: that of the element that reads it alone, or `unclear`, where `meant` is an address that was meant instead, or
 *   `out-of-reach`: on the own site, where there is nothing wrong with it, but not for this page to read;
 * - `feed` or `error`; `found`, the feed that the page at the address announces.
 *
 * @param read what the element makes of what is `asked`
 */
export function judge(address, { site, read }) {
  const meant = meantBy(address);
  if (meant) return { address, meant, status: 'unclear', isOwn: false };
  const own = isOwn(address, site);
  const asked = askedFor(address, site);
  const reading = asked ? read(asked) : undefined;
  const isOut = own && (!reading || reading.error?.code === 'network');
  return { address, asked, isOwn: own, ...reading, status: isOut ? 'out-of-reach' : reading.status };
}

/** Whether the feed at an address has been read. */
export const isRead = ({ status }) => status === 'ready' || status === 'empty';

/** Whether it is known what becomes of it. */
export const isSettled = ({ status }) => status !== 'loading';

/** Whether the preview shows it, or its failure. */
export const isShown = ({ asked, status }) => Boolean(asked) && status !== 'out-of-reach';

/**
 * Those that an own server would hand on: of another site, and not to be read. Where all can be read, whoever chooses a server
 * means all of them. What was meant otherwise is to be put right first.
 */
export function toHandOn(judgements) {
  const foreign = judgements.filter(({ isOwn: own, status }) => !own && status !== 'unclear');
  const unread = foreign.filter((judgement) => !isRead(judgement));
  return unread.length > 0 ? unread : foreign;
}

/** A path for the feed of that number: `/dagbok.xml`, `/dagbok-2.xml`. */
function numbered(path, number) {
  return number === 1 ? path : path.replace(/(\.[^./?#]*)?(?=[?#]|$)/, (end) => `-${number}${end}`);
}

/**
 * The judgements, each with its `code`, what stands for it in `src`: where the own server hands it on (`isHandedOn`), else the feed
 * itself. `insecure` is that as `https:`, where it is an address that a page on https may not read.
 *
 * @param path where the own server hands a feed on, or ''
 */
export function settle(judgements, path) {
  const handedOn = path ? toHandOn(judgements) : [];
  return judgements.map((judgement) => {
    const { address, found, isOwn: own } = judgement;
    const place = handedOn.indexOf(judgement);
    const code = place < 0 ? (found ?? address) : numbered(path, place + 1);
    return { ...judgement, code, isHandedOn: place >= 0, insecure: own ? undefined : secured(code) };
  });
}

/**
 * Where a feed's pictures are: as it names them; of one that names none, or is not read, its own host, which is a guess
 * (`isGuess`) where it is not read.
 */
export function picturesOf({ address, found, feed }) {
  const named = (feed?.entries ?? []).map(({ image }) => image).filter(Boolean);
  return { addresses: named.length > 0 ? named : [found ?? address], isGuess: !feed };
}
