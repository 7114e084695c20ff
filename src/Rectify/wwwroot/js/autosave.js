// Keeps what is typed into a form, every minute and on leaving a field, so that a cut line or a closed page costs nothing.
// Without this script the form's own buttons save.
const every = 60000; // milliseconds
const fill = (text, value) => text.replace('{0}', value);

for (const form of document.querySelectorAll('form[data-keep]')) {
  const say = form.querySelector('[data-say]');
  const typed = () => new URLSearchParams(new FormData(form)).toString();
  let kept = 'unkept' in form.dataset ? '' : typed(); // an answer that shows typed words again, as one to a search, has not kept them
  let busy = false;
  let over = false; // saved, or refused for good: what is stored is newer than what this page shows

  const keep = async () => {
    const now = typed();
    if (busy || over || now === kept) return;
    busy = true;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: 'POST', body: now, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }, keepalive: true,
      });
      if (over) return;
      if (answer.ok) {
        kept = now;
        say.textContent = fill(form.dataset.kept, (await answer.json()).at);
      } else if (answer.status < 500) {
        over = answer.status !== 422;
        say.textContent = fill(form.dataset.refused, (await answer.json().catch(() => ({}))).title ?? answer.status);
      } else {
        say.textContent = form.dataset.cut;
      }
    } catch {
      say.textContent = form.dataset.cut; // the line was cut: the next minute tries again
    } finally {
      busy = false;
    }
  };

  // Enter in a field saves, but in the field of the search it searches.
  form.addEventListener('keydown', (event) => {
    const search = event.key === 'Enter' && event.target.name === 'find' && form.querySelector('button[value="find"]');
    if (!search) return;
    event.preventDefault();
    form.requestSubmit(search);
  });
  form.addEventListener('change', keep);
  form.addEventListener('submit', () => { over = true; });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') keep(); });
  setInterval(keep, every);
}
