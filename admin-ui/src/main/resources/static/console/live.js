// Live numbers and charts: history from REST, then a sample a second by server-sent events.
(() => {
  'use strict';

  const SAMPLES_MAX = {'15m': 900, '24h': 8640};
  const RELOAD_24H_MILLIS = 10000;
  const REDRAW_WIDTH_DELAY_MILLIS = 100;

  /** Zeros that say nothing, behind a point. */
  const ZEROS = /\.0+(?=\s|$)|(?<=\.\d*[1-9])0+(?=\s|$)/;

  /** Lines in the order they are drawn: zero failures hide nothing. */
  const CHARTS = {
    throughput: {
      series: [['failuresPerSecond', 'failures'], ['readsPerSecond', 'reads'],
               ['writesPerSecond', 'writes']],
      format: count,
    },
    latency: {series: [['p50Seconds', 'p50'], ['p99Seconds', 'p99']], format: seconds, log: true},
    log: {
      series: [['syncP50Seconds', 'p50'], ['syncP99Seconds', 'p99']], format: seconds, log: true,
    },
  };
  const FILLED = new Set(['reads', 'p50']);
  const NOW = {
    readsPerSecond: count, writesPerSecond: count, failuresPerSecond: count,
    p50Seconds: seconds, p99Seconds: seconds, syncP50Seconds: seconds, syncP99Seconds: seconds,
    logBytesPerSecond: (value) => bytes(value) + '/s',
  };

  let page = null;

  function digits(value) {
    return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
  }

  function count(value) {
    if (value === null || value === undefined) {
      return '–';
    }
    return value >= 100 || Number.isInteger(value)
        ? Math.round(value).toLocaleString('en-US') : value.toFixed(1);
  }

  function seconds(value) {
    if (value === null || value === undefined) {
      return '–';
    }
    if (value === 0) {
      return '0';
    }
    if (value < 0.001) {
      return digits(value * 1e6) + ' µs';
    }
    return value < 1 ? digits(value * 1e3) + ' ms' : digits(value) + ' s';
  }

  function bytes(value) {
    const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
    let amount = value;
    let unit = 0;
    while (amount >= 1024 && unit < units.length - 1) {
      amount /= 1024;
      unit++;
    }
    return (unit === 0 ? amount.toFixed(0) : digits(amount)) + ' ' + units[unit];
  }

  function clock(tick, step) {
    return new Date(tick * 1000).toLocaleTimeString('en-GB',
        {hour: '2-digit', minute: '2-digit', second: step < 60 ? '2-digit' : undefined});
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  /** Half-transparent fill below a line, whatever form the colour has. */
  function faint(value) {
    return value.startsWith('#') && value.length === 7 ? value + '1f' : 'transparent';
  }

  /** Samples without neighbours, which no line goes through. */
  function alone(plot, series) {
    const values = plot.data[series];
    const none = (at) => values[at] === null || values[at] === undefined;
    return values.map((value, at) => at)
        .filter((at) => !none(at) && none(at - 1) && none(at + 1));
  }

  /** From zero; or from ten to ten, for times of which one is a thousand times the other. */
  function scale(spec) {
    if (!spec.log) {
      return {range: (plot, low, high) => [0, high > 0 ? high * 1.1 : 1]};
    }
    return {
      distr: 3,
      range: (plot, low, high) => low > 0
          ? [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.01))]
          : [1e-4, 1e-2],
    };
  }

  /** A line at each power of ten, with its number. */
  const DECADES = {
    splits: (plot, axis, low, high) => {
      const first = Math.round(Math.log10(low));
      const last = Math.round(Math.log10(high));
      return Array.from({length: last - first + 1}, (none, at) => 10 ** (first + at));
    },
    filter: (plot, splits) => splits,
  };

  function options(spec, width, height) {
    const axis = {
      stroke: colour('--ink-dim'),
      font: '11px system-ui, sans-serif',
      grid: {stroke: colour('--line'), width: 1},
      ticks: {show: false},
    };
    return {
      width, height,
      legend: {show: false},
      cursor: {y: false, points: {size: 6}},
      padding: [8, 24, 0, 0],
      scales: {y: scale(spec)},
      axes: [
        {...axis, size: 24, space: 70,
         values: (u, ticks, axis, space, step) => ticks.map((tick) => clock(tick, step))},
        {...axis, size: 62, space: 30, ...(spec.log ? DECADES : {}),
         values: (u, ticks) => ticks.map((tick) =>
             spec.format(tick).replace(ZEROS, ''))},
      ],
      series: [{}].concat(spec.series.map(([, name]) => {
        const stroke = colour('--chart-' + name);
        return {stroke, width: 1.5, points: {show: true, size: 4, fill: stroke, filter: alone},
                spanGaps: false, fill: FILLED.has(name) ? faint(stroke) : undefined};
      })),
      hooks: {setCursor: [(u) => showAt(u, spec)]},
    };
  }

  /** The legend tells what is under the cursor, or what is now. */
  function showAt(plot, spec) {
    const figure = plot.root.closest('[data-chart]');
    const at = plot.cursor.idx;
    const hovering = at !== null && at !== undefined && plot.cursor.left >= 0;
    figure.toggleAttribute('data-hovering', hovering);
    spec.series.forEach(([name], i) => {
      const values = plot.data[i + 1];
      show(figure, name, hovering ? values[at] : values[values.length - 1]);
    });
  }

  function show(figure, name, value) {
    const element = figure.querySelector('[data-now="' + name + '"]');
    if (element) {
      element.textContent = NOW[name](value === undefined ? null : value);
    }
  }

  class LivePage {
    constructor(main) {
      this.main = main;
      this.window = '15m';
      this.columns = null;
      this.plots = [];
      this.abort = new AbortController();
      const on = {signal: this.abort.signal};
      for (const button of main.querySelectorAll('[data-window]')) {
        button.addEventListener('click', () => this.choose(button.dataset.window), on);
      }
      const scheme = window.matchMedia('(prefers-color-scheme: dark)');
      scheme.addEventListener('change', () => this.draw(), on);
      let later = 0;
      window.addEventListener('resize', () => {
        clearTimeout(later);
        later = setTimeout(() => this.draw(), REDRAW_WIDTH_DELAY_MILLIS);
      }, on);
      this.timer = setInterval(() => {
        if (this.window === '24h') {
          this.load();
        }
      }, RELOAD_24H_MILLIS);
      this.load();
      this.source = new EventSource('/api/v1/live');
      this.source.addEventListener('sample', (event) => this.take(JSON.parse(event.data)));
      this.source.addEventListener('error', () => {
        if (this.source.readyState === EventSource.CLOSED) {
          // The session has ended, or the node: the page says which.
          window.location.reload();
        }
      });
    }

    close() {
      this.abort.abort();
      clearInterval(this.timer);
      this.source.close();
      this.plots.forEach((plot) => plot.destroy());
    }

    choose(name) {
      this.window = name;
      for (const button of this.main.querySelectorAll('[data-window]')) {
        button.setAttribute('aria-pressed', String(button.dataset.window === name));
      }
      this.load();
    }

    async load() {
      if (!this.main.querySelector('[data-chart]')) {
        return;
      }
      const wanted = this.window;
      const answer = await fetch('/api/v1/history?window=' + wanted, {signal: this.abort.signal})
          .catch(() => null);
      if (answer && answer.ok && wanted === this.window) {
        this.columns = await answer.json();
        this.draw();
      }
    }

    draw() {
      this.plots.forEach((plot) => plot.destroy());
      this.plots = [];
      if (!this.columns) {
        return;
      }
      for (const figure of this.main.querySelectorAll('[data-chart]')) {
        const spec = CHARTS[figure.dataset.chart];
        const place = figure.querySelector('.plot');
        const plot = new uPlot(options(spec, place.clientWidth, place.clientHeight),
            this.data(spec), place);
        plot.spec = spec;
        this.plots.push(plot);
      }
      this.count();
    }

    data(spec) {
      return [this.columns.time].concat(spec.series.map(([name]) => this.columns[name]));
    }

    /** What programs that look at the page go by, too. */
    count() {
      for (const figure of this.main.querySelectorAll('[data-chart]')) {
        figure.dataset.points = String(this.columns.time.length);
      }
    }

    take(live) {
      const sample = live.sample;
      for (const figure of this.main.querySelectorAll('[data-chart]:not([data-hovering])')) {
        Object.keys(NOW).forEach((name) => show(figure, name, sample[name]));
      }
      const columns = this.columns;
      const newer = columns && this.window === '15m'
          && (columns.time.length === 0 || columns.time[columns.time.length - 1] < sample.time);
      if (newer) {
        for (const name of Object.keys(columns)) {
          if (Array.isArray(columns[name])) {
            const value = sample[name];
            columns[name].push(value === undefined ? null : value);
            if (columns[name].length > SAMPLES_MAX[this.window]) {
              columns[name].shift();
            }
          }
        }
        this.plots.forEach((plot) => plot.setData(this.data(plot.spec)));
        this.count();
      }
      this.numbers(live);
      live.partitions.forEach((partition) => this.partition(partition));
    }

    numbers(live) {
      for (const name of ['openSessions', 'transactionsInFlight']) {
        for (const element of this.main.querySelectorAll('[data-live="' + name + '"]')) {
          element.textContent = count(live[name]);
        }
      }
    }

    partition(now) {
      const row = this.main.querySelector('tr[data-partition="' + now.id + '"]');
      if (row) {
        const set = (name, text) => {
          row.querySelector('[data-live="' + name + '"]').textContent = text;
        };
        set('appliedIndex', count(now.appliedIndex));
        set('queueDepth', count(now.queueDepth));
        set('transactionsPerSecond', count(Math.round(now.transactionsPerSecond)));
        set('busyShare', Math.round(now.busyShare * 100) + ' %');
        row.querySelector('[data-live="busyMeter"]').value = now.busyShare;
      }
      for (const arc of this.main.querySelectorAll('circle[data-partition="' + now.id + '"]')) {
        arc.setAttribute('stroke-opacity', (0.6 + 0.4 * now.busyShare).toFixed(2));
      }
    }
  }

  function begin() {
    const main = document.getElementById('main');
    if (page && page.main !== main) {
      page.close();
      page = null;
    }
    if (!page && main && main.hasAttribute('data-live-page')) {
      page = new LivePage(main);
    }
  }

  document.addEventListener('DOMContentLoaded', begin);
  document.addEventListener('htmx:afterSettle', begin);
  window.addEventListener('pagehide', () => {
    if (page) {
      page.close();
      page = null;
    }
  });
  window.addEventListener('pageshow', begin);
})();
