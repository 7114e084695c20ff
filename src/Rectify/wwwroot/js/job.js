// Follows a long job without reloading the whole page; without scripts the page reloads itself.
const every = 2000; // milliseconds

const follow = async () => {
  const shown = document.querySelector('[data-job]');
  if (!shown) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const news = page.querySelector('[data-job]');
    if (answer.redirected || !news) {
      location.replace(answer.url); // done: the answer is another page
      return;
    }
    const held = [...shown.querySelectorAll('a, button')].indexOf(document.activeElement);
    shown.replaceWith(news);
    news.querySelectorAll('a, button')[held]?.focus(); // whoever was about to stop it still is
  } catch {
    // The line was cut: the job goes on, and so do we.
  }
  setTimeout(follow, every);
};

if (document.querySelector('[data-job]')) setTimeout(follow, every);
