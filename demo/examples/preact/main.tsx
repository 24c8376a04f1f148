import 'diary-feed/define.js';
import 'diary-feed/themes/plain.css';
import { render } from 'preact';
import { useState } from 'preact/hooks';

function Page() {
  const [status, setStatus] = useState('');
  return (
    <>
      <diary-feed
        class="diary"
        src="/dagbok.xml"
        heading="Kommunchefens dagbok"
        limit={2}
        show="date summary"
        summaryLength={60}
        onLoad={({ currentTarget }) => setStatus(`${currentTarget.entries.length} inlägg`)}
        onError={({ error }) => setStatus(`Inga inlägg: ${error.code}`)}
      >
        <a href="https://dagbok.example/">Läs dagboken på dagbok.example</a>
      </diary-feed>
      <p role="status">{status}</p>
    </>
  );
}

const place = document.querySelector('main');
if (place) render(<Page />, place);
