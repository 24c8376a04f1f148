// Lit on a server: it writes the element's tag, attributes and children. The browser does the rest.
import { LitElementRenderer, render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import 'diary-feed/define.js';
import { html } from 'lit';

// The server has only the fallback to show: without a shadow root and its styles the page is smaller.
LitElementRenderer.renderOptions.push(({ localName }) =>
  localName === 'diary-feed' ? { disableSsr: true } : undefined,
);

const entries = [{ title: 'Isen har lagt sig', link: 'https://dagbok.example/isen' }];

const page = html`
  <diary-feed heading="Kommunchefens dagbok" limit=${5} .feed=${{ entries }}>
    <ul>
      ${entries.map(({ title, link }) => html`<li><a href=${link}>${title}</a></li>`)}
    </ul>
  </diary-feed>
`;

console.log(await collectResult(render(page)));
