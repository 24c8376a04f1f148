import 'diary-feed/define.js';
import 'diary-feed/themes/lines.css';

const diary = document.querySelector('diary-feed');
const status = document.querySelector('[role=status]');
if (!diary || !status) throw new Error('The page has neither a diary nor a place to speak.');

diary.show = 'date summary';
diary.summaryLength = 60;
diary.addEventListener('load', () => (status.textContent = `${diary.entries.length} inlägg`));
diary.addEventListener('error', ({ error }) => (status.textContent = `Inga inlägg: ${error.code}`));
