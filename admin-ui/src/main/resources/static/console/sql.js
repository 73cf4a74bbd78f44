// The SQL editor: colours, keys, numbers of runs, history of this browser session.
(() => {
  'use strict';

  const HISTORY_KEY = 'farad.sql.history';
  const HISTORY_MAX = 50;
  const STATEMENT_CHARACTERS_MAX = 20000;
  const PAINTED_CHARACTERS_MAX = 50000;
  const CANCEL_AGAIN_MILLIS = 300;

  const KEYWORDS = new Set(('add all alter analyze and any as asc begin between by call case cast check'
      + ' column commit conflict constraint copy create cross current_date current_timestamp default'
      + ' delete desc distinct do drop else end except exists explain false first for foreign from full'
      + ' group hash having if ilike in index inner insert intersect into is join key last left like'
      + ' limit natural not nothing null nulls offset on or order outer partition primary procedure'
      + ' references replicated returning right rollback row select set show table then to true truncate'
      + ' union unique update upsert using values view when where with').split(' '));

  // Comments, texts, quoted names, numbers, words, anything else.
  const TOKENS = new RegExp('(--[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$))'
      + "|([eE]?'(?:[^']|'')*(?:'|$)|\\$\\$[\\s\\S]*?(?:\\$\\$|$))"
      + '|("(?:[^"]|"")*(?:"|$))'
      + '|(\\b\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?\\b)'
      + '|([A-Za-z_][A-Za-z0-9_]*)'
      + '|([\\s\\S])', 'g');

  function paint(form) {
    const text = form.querySelector('textarea').value;
    const pre = form.querySelector('.paint');
    pre.replaceChildren();
    if (text.length > PAINTED_CHARACTERS_MAX) {
      pre.append(text, '\n');
      return;
    }
    let plain = '';
    const flush = () => {
      if (plain) {
        pre.append(plain);
        plain = '';
      }
    };
    for (const match of text.matchAll(TOKENS)) {
      const kind = match[1] ? 'comment' : match[2] ? 'text' : match[3] ? 'name'
          : match[4] ? 'number' : match[5] && KEYWORDS.has(match[5].toLowerCase()) ? 'keyword' : '';
      if (kind) {
        flush();
        const span = document.createElement('span');
        span.className = 't-' + kind;
        span.textContent = match[0];
        pre.append(span);
      } else {
        plain += match[0];
      }
    }
    flush();
    // A last line that is empty has its height too.
    pre.append('\n');
  }

  function history() {
    try {
      return JSON.parse(sessionStorage.getItem(HISTORY_KEY) || '[]');
    } catch (unreadable) {
      return [];
    }
  }

  function remember(text) {
    if (!text.trim() || text.length > STATEMENT_CHARACTERS_MAX) {
      return;
    }
    const all = [text].concat(history().filter((other) => other !== text)).slice(0, HISTORY_MAX);
    try {
      sessionStorage.setItem(HISTORY_KEY, JSON.stringify(all));
    } catch (full) {
      // A browser that keeps nothing has no history.
    }
  }

  function showHistory(form) {
    const details = form.querySelector('.history');
    const list = details.querySelector('ol');
    const all = history();
    details.hidden = all.length === 0;
    list.replaceChildren(...all.map((text) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = text.trim().replace(/\s+/g, ' ').slice(0, 200);
      button.addEventListener('click', () => {
        const area = form.querySelector('textarea');
        area.value = text;
        details.open = false;
        paint(form);
        area.focus();
      });
      item.append(button);
      return item;
    }));
  }

  function runField(form) {
    return form.querySelector('[name="run"]');
  }

  function newRun() {
    const drawn = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(drawn, (part) => part.toString(16).padStart(2, '0')).join('');
  }

  function begin() {
    const form = document.getElementById('sql-form');
    if (!form || form.dataset.begun) {
      return;
    }
    form.dataset.begun = 'true';
    const area = form.querySelector('textarea');
    const pre = form.querySelector('.paint');
    area.addEventListener('input', () => paint(form));
    area.addEventListener('scroll', () => {
      pre.scrollTop = area.scrollTop;
      pre.scrollLeft = area.scrollLeft;
    });
    area.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        document.getElementById('run').click();
      }
    });
    // Before htmx gathers the fields.
    for (const button of form.querySelectorAll('[data-run]')) {
      button.addEventListener('click', () => {
        runField(form).value = newRun();
        remember(area.value);
        showHistory(form);
      }, true);
    }
    cancelUntilDone(form);
    paint(form);
    showHistory(form);
    area.focus();
  }

  /** Who cancels at once may be faster than the statement, which has not begun then. */
  function cancelUntilDone(form) {
    const cancel = document.getElementById('cancel');
    cancel.addEventListener('htmx:afterRequest', () => {
      const run = runField(form).value;
      setTimeout(() => {
        if (form.classList.contains('htmx-request') && runField(form).value === run) {
          cancel.click();
        }
      }, CANCEL_AGAIN_MILLIS);
    });
  }

  /** A mistake is where the cursor goes. */
  function goToMistake() {
    const failure = document.querySelector('#result .failure[data-offset]');
    const area = document.getElementById('sql');
    if (failure && area) {
      const offset = Number(failure.dataset.offset);
      const mark = failure.querySelector('mark').textContent.trim().length;
      area.focus();
      area.setSelectionRange(offset, offset + mark);
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    begin();
    goToMistake();
  });
  document.addEventListener('htmx:afterSettle', (event) => {
    begin();
    if (event.detail.elt && event.detail.elt.id === 'result') {
      goToMistake();
    }
  });
})();
