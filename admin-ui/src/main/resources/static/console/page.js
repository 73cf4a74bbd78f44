// What all pages share: the title and the place in the navigation follow what main shows.
(() => {
  'use strict';

  function follow() {
    const main = document.getElementById('main');
    if (!main) {
      return;
    }
    const parts = document.title.split(' · ');
    document.title = [main.dataset.title, parts[parts.length - 1]].join(' · ');
    for (const link of document.querySelectorAll('.bar nav a')) {
      if (link.dataset.section === main.dataset.section) {
        link.setAttribute('aria-current', 'page');
      } else {
        link.removeAttribute('aria-current');
      }
    }
  }

  document.addEventListener('htmx:afterSettle', (event) => {
    if (event.detail.elt && event.detail.elt.id === 'main') {
      follow();
      event.detail.elt.focus({preventScroll: true});
    }
  });
  document.addEventListener('DOMContentLoaded', follow);
})();
