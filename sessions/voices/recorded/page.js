(() => {
  'use strict';
  const rows = [...document.querySelectorAll('li')];
  const main = document.querySelector('main');
  const nav = document.querySelector('nav');
  const status = document.querySelector('[role=status]');
  const [back, next, whole, place] = ['back', 'next', 'whole', 'place'].map(
    id => document.getElementById(id));
  if (!rows.length) return;
  // The place in the address is no element's name, which the browser would scroll to.
  const hash = row => row.id.replace('line-', '#');
  const number = name => Number(name.replace(/^(#|line-)/, ''));  // #8 is #008
  const marked = rows.findIndex(row => number(row.id) === number(location.hash));
  const left = rows.findIndex(row => !row.classList.contains('done'));
  let at = Math.max(0, marked < 0 ? left : marked);
  let paged = true;

  // Told is what a screen reader says; nothing when the page opens, which it reads by itself.
  const show = told => {
    document.documentElement.classList.toggle('paged', paged);
    rows.forEach((row, n) => { row.hidden = paged && n !== at; });
    place.textContent = main.dataset.of.replace('{n}', at + 1).replace('{all}', rows.length);
    whole.textContent = paged ? main.dataset.all : main.dataset.one;
    for (const one of [back, next, place]) one.hidden = !paged;
    // Not `disabled`, which would take the focus from who turns with the button.
    back.setAttribute('aria-disabled', at === 0);
    next.setAttribute('aria-disabled', at === rows.length - 1);
    if (!told) return;
    status.textContent = paged ? rows[at].innerText : '';
    try { history.replaceState(null, '', hash(rows[at])); } catch { /* as a file it may not */ }
    if (paged) scrollTo(0, 0); else rows[at].scrollIntoView({block: 'center'});
  };
  const turn = by => {
    const to = Math.min(Math.max(at + by, 0), rows.length - 1);
    if (to === at) return;
    at = to;
    show(true);
  };
  const toggle = () => { paged = !paged; show(true); };

  // Down the page first, where a line is longer than the screen: no word may be out of reach.
  const down = event => {
    const more = document.documentElement.scrollHeight - innerHeight - scrollY;
    if (more > 4) return false;
    event.preventDefault();
    turn(1);
    return true;
  };
  const keys = {
    ' ': event => (event.shiftKey ? turn(-1) : down(event)),
    PageDown: down, ArrowDown: down,
    ArrowRight: () => turn(1), ArrowLeft: () => turn(-1),
    PageUp: () => turn(-1), ArrowUp: () => { if (scrollY <= 4) turn(-1); },
    Home: () => turn(-rows.length), End: () => turn(rows.length),
  };
  addEventListener('keydown', event => {
    if (!paged || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === ' ' && event.target.closest('button')) return;
    keys[event.key]?.(event);
  });
  main.addEventListener('click', event => {
    if (!paged || String(getSelection())) return;
    turn(event.clientX < innerWidth / 3 ? -1 : 1);
  });
  back.addEventListener('click', () => turn(-1));
  next.addEventListener('click', () => turn(1));
  whole.addEventListener('click', toggle);
  // After a mouse or a finger the space bar turns on, whichever button was pressed last.
  nav.addEventListener('click', event => { if (event.detail) event.target.blur(); });

  // A phone that goes dark in the middle of a line is no page to read from.
  const awake = () => {
    if (document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(() => {});
  };
  document.addEventListener('visibilitychange', awake);
  awake();
  nav.hidden = false;
  show(false);
})();
