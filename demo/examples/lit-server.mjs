// Lit on a server: the element's tag, attributes and children are written; it wakes in the browser.
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import 'diary-feed/define.js';
import { html } from 'lit';

const entries = [{ title: 'Isen har lagt sig', link: 'https://dagbok.example/isen' }];

const page = html`
  <diary-feed heading="Kommunchefens dagbok" limit=${5} .feed=${{ entries }}>
    <ul>
      ${entries.map(({ title, link }) => html`<li><a href=${link}>${title}</a></li>`)}
    </ul>
  </diary-feed>
`;

console.log(await collectResult(render(page)));
