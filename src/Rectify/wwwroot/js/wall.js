// The command wall: its screens take turns, and it fetches itself again when the server says that something changed.
const patience = 8000; // milliseconds without a line before the wall says so: the server ends a stream now and then by itself
const silence = 45000; // longer than three heartbeats: the line is cut though nobody said so
const pause = 5000; // between two fetches, and before another try

let wall = document.querySelector('[data-wall]');
let screens = [];
let at = 0;
let still = matchMedia('(prefers-reduced-motion: reduce)').matches;
let turn, fault, hush, next;
let fetched = Date.now();
let age = document.querySelector('[data-age]').dataset.at; // when what is shown was last known to be so
let events;

const time = iso => new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
}).format(new Date(iso));

const say = (what, link) => {
  const place = document.querySelector('[data-age]');
  place.classList.toggle('stale', what !== 'live');
  if (what === 'live') place.removeAttribute('role'); else place.setAttribute('role', 'alert');
  place.replaceChildren(wall.dataset[what].replace('§', age));
  if (link) place.append(' ', link);
};

// A chart has more pages than the wall has room: each time its screen comes round it shows the next one.
const turns = {};
const paint = (screen, number) => {
  const img = screen.querySelector('img');
  if (!img) return;
  const url = new URL(img.src);
  url.searchParams.set('turn', Math.max(1, number));
  if (img.src !== url.href) img.src = url.href;
  img.loading = 'eager';
};

const show = (to, again = false) => {
  at = (to + screens.length) % screens.length;
  screens.forEach((screen, i) => { screen.hidden = i !== at; });
  const [key, after] = [screens[at], screens[(at + 1) % screens.length]].map(screen => screen.dataset.screen);
  if (!again) turns[key] = (turns[key] ?? 0) + 1;
  paint(screens[at], turns[key]);
  if (screens.length > 1) paint(screens[(at + 1) % screens.length], (turns[after] ?? 0) + 1); // there when its turn comes
  wall.querySelector('[data-position]').textContent = screens[at].dataset.says;
};

const wind = () => {
  clearInterval(turn);
  if (!still && screens.length > 1) turn = setInterval(() => show(at + 1), Number(wall.dataset.every) * 1000);
  wall.querySelector('[data-toggle]').textContent = still ? wall.dataset.go : wall.dataset.pause;
};

const toggle = () => { still = !still; wind(); };
const step = by => { show(at + by); wind(); };

// Everything that hangs on the elements of the page; again after each fetch.
const take = key => {
  screens = [...wall.querySelectorAll('[data-screen]')];
  const several = screens.length > 1;
  const button = wall.querySelector('[data-toggle]');
  button.hidden = !several;
  button.addEventListener('click', toggle);
  const forward = wall.querySelector('[data-next]');
  forward.hidden = !several;
  forward.addEventListener('click', event => { event.preventDefault(); step(1); });
  show(Math.max(0, screens.findIndex(screen => (key ? screen.dataset.screen === key : !screen.hidden))), Boolean(key));
};

const out = () => {
  const link = document.createElement('a');
  link.href = `/signin?return=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = wall.dataset.signin;
  say('out', link);
};

const fetchWall = async () => {
  fetched = Date.now();
  const answer = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
  if (answer.redirected || answer.status === 401) return 'out';
  if (!answer.ok) return 'cut';
  const news = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-wall]');
  if (!news) return 'cut';
  const key = screens[at].dataset.screen;
  const focus = document.activeElement?.matches('[data-toggle]') ? '[data-toggle]' : document.activeElement?.matches('[data-next]') ? '[data-next]' : null;
  wall.replaceWith(document.adoptNode(news));
  wall = news;
  age = wall.querySelector('[data-age]').dataset.at;
  take(key);
  wall.querySelector('[data-toggle]').textContent = still ? wall.dataset.go : wall.dataset.pause;
  if (focus) wall.querySelector(focus).focus();
  return 'live';
};

// Fetches soon, but not more often than every few seconds, however much changes.
const refresh = () => {
  clearTimeout(next);
  next = setTimeout(async () => {
    let found = 'cut';
    try {
      found = await fetchWall();
    } catch {
      // The line is cut.
    }
    if (found === 'live') {
      if (events.readyState === EventSource.CLOSED) listen();
      return;
    }
    if (found === 'out') out(); else say('cut');
    refresh(); // somebody may sign in again beside it
  }, Math.max(0, fetched + pause - Date.now()));
};

const heard = event => {
  const was = document.querySelector('[data-age]').classList.contains('stale');
  clearTimeout(fault);
  fault = undefined;
  clearTimeout(hush);
  hush = setTimeout(() => { events.close(); say('cut'); refresh(); }, silence);
  if (event.type === 'changed' || was) {
    refresh();
  } else {
    age = time(event.data);
    say('live');
  }
};

const listen = () => {
  events?.close();
  events = new EventSource(wall.dataset.events);
  events.addEventListener('changed', heard);
  events.addEventListener('alive', heard);
  events.addEventListener('error', () => {
    fault ??= setTimeout(() => say('cut'), patience);
    if (events.readyState === EventSource.CLOSED) refresh(); // refused: the page says why
  });
};

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') step(event.key === 'ArrowRight' ? 1 : -1);
  else if (event.key === ' ' && !event.target.closest('a, button')) toggle();
  else return;
  event.preventDefault();
});

let from;
document.addEventListener('touchstart', event => { from = event.changedTouches[0].clientX; }, { passive: true });
document.addEventListener('touchend', event => {
  const way = event.changedTouches[0].clientX - from;
  if (Math.abs(way) > 80) step(way < 0 ? 1 : -1);
});

take();
wind();
listen();
