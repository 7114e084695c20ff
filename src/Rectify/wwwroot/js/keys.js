// Single keys, only outside fields. Each is also a link or a button of the page; /keys lists them.
const pages = { o: 'overview', l: 'items', d: 'dispatch', t: 'todo' };
const patience = 1500; // milliseconds between g and its letter

let goSince = -Infinity;

const follow = name => {
  const link = document.querySelector(`a[data-nav="${name}"]`);
  link?.click();
  return link !== null;
};

// A row is the first link of a table's row or of a list's: one link per row is the rule.
const step = by => {
  const rows = [...document.querySelectorAll('main th[scope="row"], main .rows > li')].map(row => row.querySelector('a')).filter(link => link !== null);
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  next?.focus();
  return next !== undefined;
};

const nextDoubt = () => {
  const doubts = [...document.querySelectorAll('[data-doubt]')];
  const here = document.activeElement;
  const next = doubts.find(doubt => here.compareDocumentPosition(doubt) & Node.DOCUMENT_POSITION_FOLLOWING && !doubt.contains(here)) ?? doubts[0];
  next?.focus();
  return next !== undefined;
};

const act = event => {
  if (event.altKey) return event.code === 'KeyN' && nextDoubt();
  if (event.timeStamp - goSince < patience && pages[event.key]) {
    goSince = -Infinity;
    return follow(pages[event.key]);
  }
  switch (event.key) {
    case '/': {
      const field = document.querySelector('input[type="search"]');
      field?.focus();
      return field !== null;
    }
    case 'g': goSince = event.timeStamp; return true;
    case 'j': return step(1);
    case 'k': return step(-1);
    case '?': return follow('keys');
    default: return false;
  }
};

document.addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.ctrlKey || event.metaKey || event.isComposing || (typing && !event.altKey)) return;
  if (act(event)) event.preventDefault();
});
