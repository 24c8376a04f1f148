import { html, render } from '/node_modules/lit/index.js';

render(html`<p>${'Sidans egen Lit'}</p>`, document.querySelector('main'));
