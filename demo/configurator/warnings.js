// What is to be said before somebody pastes: which texts of the table, with what in their gaps, and what they offer instead.
import { meantBy } from './own-site.js';

const warning = (text, gaps, offer) => ({ tone: 'warn', text, gaps, offer });

/** Of addresses that do not lead where they should. */
function aboutAddresses(judged, { src, fallback }) {
  const meant = meantBy(fallback);
  return [
    ...judged
      .filter(({ insecure }) => src && insecure)
      .map(({ address, code, insecure }) =>
        warning('warn-http', { address: code }, { key: 'src', from: address, to: insecure }),
      ),
    ...judged.filter((judgement) => judgement.meant).map(({ address }) => warning('warn-path', { address })),
    ...(meant ? [warning('link-meant', {}, { key: 'fallback', from: fallback, to: meant })] : []),
  ];
}

/**
 * The texts for a choice.
 *
 * @param known what is known of it: `judged`, `way`, `path`, `isKnown`, `fallback`
 * @param choice its `values`; `unknownImages`, what stands in the policy for pictures of an unknown host, or ''
 */
export function warningsFor({ judged, way, path, isKnown, fallback }, { values, unknownImages }) {
  const { src, server, relay } = values;
  const handedOn = judged.filter(({ isHandedOn }) => isHandedOn);
  const [first, ...others] = handedOn;
  const isUnreadable = ({ isOwn, isHandedOn, error }) => !isOwn && !isHandedOn && error?.code === 'network';
  const said = [
    [!src && !relay, 'warn-example'],
    [judged.some(isUnreadable), 'warn-unreadable'],
    [path && !server, 'warn-relay'],
    [way && !way.isTested, 'warn-untested'],
    [way && src && !way.isFilled, 'warn-recipe-address'],
    [way && path !== way.path, 'warn-recipe-path'],
    [others.length > 0, way ? 'warn-several' : 'warn-several-paths'],
    [unknownImages, 'warn-pictures'],
    [src && isKnown && fallback.isInvented, 'warn-link'],
  ];
  const gaps = {
    relay: path,
    own: way?.path,
    first: first?.address,
    others: others.map(({ address, code }) => `${address} → ${code}`).join(', '),
    placeholder: unknownImages,
  };
  return [...aboutAddresses(judged, values), ...said.filter(([isSo]) => isSo).map(([, text]) => warning(text, gaps))];
}
