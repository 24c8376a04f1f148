import { css } from 'lit';

/**
 * The page's fonts and colors, unless a custom property overrides them. Links are underlined, so that they are recognizable on any
 * background. Everything is a block of text: it follows the page's alignment and direction.
 */
export const styles = css`
  :host {
    display: block;
    color: var(--diary-feed-color, inherit);
    font-size: var(--diary-feed-font-size, inherit);
    overflow-wrap: anywhere;
    border-radius: var(--diary-feed-radius, 0);
    background: var(--diary-feed-background, transparent);
  }

  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    padding: var(--diary-feed-padding, 0);
  }

  /* the fallback and the status are on top of the placeholder, whose height fits the available space */
  .waiting {
    block-size: var(--diary-feed-reserve, auto);
  }

  .waiting .body {
    display: grid;
    min-block-size: 0;
    flex: 1 1 auto;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  }

  .waiting .body > * {
    grid-area: 1 / 1;
  }

  .placeholder {
    overflow: hidden;
    min-block-size: 0;
    visibility: hidden;
  }

  :host([hidden]),
  [hidden] {
    display: none;
  }

  /* not on the host: the fallback would inherit it */
  :is(h2, h3, h4, h5, h6),
  ul,
  .after {
    --gap: var(--diary-feed-gap, 0.75em);
  }

  :is(h2, h3, h4, h5, h6) {
    margin-block: 0 var(--gap);
    font-size: var(--diary-feed-heading-size, 1.25em);
    line-height: 1.25;
    hyphens: auto;
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
    color: var(--diary-feed-link-color, var(--page-link-color, inherit));
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
    margin-block-start: 0.125em;
    color: var(--diary-feed-muted-color, inherit);
    font-size: 0.9375em;
  }

  .facts > * {
    display: inline-block;
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
  :is(h2, h3, h4, h5, h6),
  p,
  summary {
    text-align: -webkit-match-parent; /* Chromium */
    text-align: match-parent;
  }

  /* after the text: the titles of entries with and without an image begin alike */
  img,
  .image {
    inline-size: var(--diary-feed-image-size, 4.5em);
    aspect-ratio: 1;
    flex: none;
    align-self: flex-start;
    object-fit: cover;
  }

  :where(.status) p {
    margin-block: 0.75em 0.5em;
  }

  button {
    min-block-size: 44px;
    margin: 0;
    padding: 0.5em 1em;
    border: 1px solid;
    border-radius: var(--diary-feed-radius, 0);
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

  .after {
    margin-block-start: var(--gap);
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
    margin: 0;
    clip-path: inset(50%);
    white-space: nowrap;
    -webkit-user-select: none; /* Safari */
    user-select: none;
  }

  @media print {
    button {
      display: none;
    }
  }
`;
