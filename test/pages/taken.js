// Another script's element, of the same name.
customElements.define('diary-feed', class extends HTMLElement {});
