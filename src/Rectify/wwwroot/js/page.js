// What every page gets. All of it only improves pages that already work without.
import './keys.js';
import './job.js';

// After a post the reader continues at what the answer says.
document.querySelector('[data-focus]')?.focus();

// A menu closes when the reader turns to something else.
const closeMenus = except => document.querySelectorAll('details.menu[open]').forEach(menu => {
  if (menu !== except) menu.open = false;
});
const turn = event => closeMenus(event.target.closest('details.menu'));
document.addEventListener('click', turn);
document.addEventListener('focusin', turn);
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  const open = event.target.closest?.('details.menu[open]');
  closeMenus(null);
  open?.querySelector('summary').focus();
});
