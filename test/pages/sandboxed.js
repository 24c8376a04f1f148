// Other pages can't read a sandboxed page: it sends the result of the load to its parent.
const element = document.querySelector('diary-feed');
element.addEventListener('loadend', () => {
  const links = [...element.shadowRoot.querySelectorAll('a')].map((link) => link.textContent);
  const { status, error } = element;
  parent.postMessage({ status, links, message: error?.message, origin, ...window.recorded }, '*');
});
element.src = new URLSearchParams(location.search).get('src');
