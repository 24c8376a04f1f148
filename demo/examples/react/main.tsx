import 'diary-feed/define.js';
import 'diary-feed/themes/cards.css';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

function Page() {
  const [status, setStatus] = useState('');
  return (
    <>
      <diary-feed
        className="diary"
        src="/dagbok.xml"
        heading="Kommunchefens dagbok"
        limit={2}
        show="date summary"
        summaryLength={60}
        onload={({ currentTarget }) => setStatus(`${currentTarget.entries.length} inlägg`)}
        onerror={({ error }) => setStatus(`Inga inlägg: ${error.code}`)}
      >
        <a href="https://dagbok.example/">Läs dagboken på dagbok.example</a>
      </diary-feed>
      <p role="status">{status}</p>
    </>
  );
}

const place = document.querySelector('main');
if (place) createRoot(place).render(<Page />);
