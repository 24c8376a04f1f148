import { css } from 'lit';

/**
 * The page's fonts and colors, unless a custom property overrides them. Links are underlined and have the color of the text, so
 * that they are legible and recognizable on any background.
 */
export const styles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    box-sizing: border-box;
    min-block-size: var(--diary-feed-reserve, auto);
    padding: var(--diary-feed-padding, 0);
    border-radius: var(--diary-feed-radius, 0);
    background: var(--diary-feed-background, transparent);
    color: var(--diary-feed-color, inherit);
    font-size: var(--diary-feed-font-size, inherit);
    overflow-wrap: anywhere;
  }

  :host([hidden]),
  [hidden] {
    display: none;
  }

  /* not on the host: the fallback would inherit it */
  :is(h2, h3, h4, h5, h6),
  ul,
  .link,
  button {
    --gap: var(--diary-feed-gap, 0.75em);
  }

  :is(h2, h3, h4, h5, h6) {
    margin-block: 0 var(--gap);
    font-size: var(--diary-feed-heading-size, 1.25em);
    line-height: 1.25;
  }

  /* at the end of the reserved space: it doesn't move when the list appears */
  ::slotted([slot='footer']) {
    margin-block-start: auto;
  }

  .fallback,
  ul {
    inline-size: 100%;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap);
    padding-block: var(--gap);
    border-block-end: 1px solid var(--diary-feed-border-color, color-mix(in srgb, currentColor 25%, transparent));
  }

  li:first-child {
    padding-block-start: 0;
  }

  li:last-child {
    padding-block-end: 0;
    border-block-end: 0;
  }

  .text {
    min-inline-size: 0;
    flex: 1 1 8em;
  }

  a {
    color: var(--diary-feed-link-color, inherit);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  a:hover {
    text-decoration-thickness: 2px;
  }

  .title,
  .link,
  :is(h2, h3, h4, h5, h6) a {
    display: inline-block;
    min-inline-size: 24px;
    min-block-size: 24px;
  }

  .title {
    font-weight: var(--diary-feed-title-weight, 600);
    hyphens: auto;
  }

  .facts {
    display: flex;
    margin-block-start: 0.125em;
    flex-wrap: wrap;
    column-gap: 1em;
    color: var(--diary-feed-muted-color, inherit);
    font-size: 0.9375em;
  }

  .badge {
    font-weight: 600;
  }

  p {
    margin-block: 0.25em 0;
  }

  details p {
    margin-block-start: 0.5em;
  }

  /* the full text repeats the summary */
  p:has(+ details[open]) {
    display: none;
  }

  summary {
    min-block-size: 24px;
    inline-size: fit-content;
    margin-block-start: 0.25em;
    cursor: pointer;
  }

  summary:hover {
    text-decoration: underline;
  }

  [part='group'] {
    font-size: 1.0625em;
  }

  ul + [part='group'] {
    margin-block-start: 1.5em;
  }

  /* the page's alignment, even if the text has another direction */
  p {
    text-align: -webkit-match-parent; /* Chromium */
    text-align: match-parent;
  }

  img {
    inline-size: var(--diary-feed-image-size, 4.5em);
    aspect-ratio: 1;
    flex: none;
    align-self: flex-start;
    object-fit: cover;
  }

  .status p {
    margin-block: 0.75em 0.5em;
  }

  button {
    min-block-size: 44px;
    margin: 0;
    padding: 0.5em 1em;
    border: 1px solid;
    border-radius: inherit;
    background: transparent;
    color: var(--diary-feed-accent-color, inherit);
    font: inherit;
    cursor: pointer;
  }

  button[aria-disabled] {
    cursor: progress;
  }

  button:hover {
    text-decoration: underline;
  }

  ul + button,
  ul ~ .link {
    margin-block: var(--gap) 0;
  }

  :focus-visible {
    outline: 3px solid var(--diary-feed-focus-color, currentColor);
    outline-offset: 2px;
  }

  .visually-hidden {
    position: absolute;
    overflow: hidden;
    inline-size: 1px;
    block-size: 1px;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media print {
    button {
      display: none;
    }
  }
`;
