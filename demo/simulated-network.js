// Bara för sidan states.html: svarar i serverns ställe på adresser under simulated/ och på en påhittad webbplats, så
// att fel som en statisk fil inte kan framkalla ändå kan visas. Alla andra adresser går till webbläsarens egen fetch.
// Laddas före elementet.

const folder = new URL('simulated/', document.baseURI).href;
const sample = new URL('feeds/dagbok.xml', document.baseURI).href;
const browserFetch = window.fetch.bind(window);

/** Som webbläsaren säger det när servern inte svarar, och likadant när en annan webbplats inte tillåter läsning. */
const refuse = () => Promise.reject(new TypeError('Failed to fetch'));

/** Väntar, men slutar vänta när frågan avbryts. Utan tid tar väntan aldrig slut. */
const wait = (signal, milliseconds) =>
  new Promise((resolve, reject) => {
    if (milliseconds) setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => reject(signal.reason));
  });

let isFirst = true;

const answers = {
  never: ({ signal }) => wait(signal),

  'after-four-seconds': async (options) => {
    await wait(options.signal, 4000);
    return browserFetch(sample, options);
  },

  /** Svarshuvudet och några tecken kommer genast, resten aldrig. */
  unfinished: async ({ signal }) =>
    new Response(
      new ReadableStream({
        start(body) {
          body.enqueue(new TextEncoder().encode('<rss version="2.0"><channel>'));
          signal.addEventListener('abort', () => body.error(signal.reason));
        },
      }),
    ),

  unavailable: async () => new Response('', { status: 503, statusText: 'Service Unavailable' }),

  refused: refuse,

  'https://utan-cors.example/rss.xml': refuse,

  'twelve-megabytes': async () => new Response(new Uint8Array(12_000_000)),

  once: (options) => {
    const answer = isFirst ? browserFetch(sample, options) : refuse();
    isFirst = false;
    return answer;
  },
};

window.fetch = (address, options) => {
  const url = String(address);
  const answer = answers[url.startsWith(folder) ? url.slice(folder.length) : url];
  return answer ? answer(options) : browserFetch(address, options);
};
