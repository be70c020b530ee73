/**
 * What the status page does, as the text that a browser runs. It writes text only, never markup, and sends the key
 * nowhere but to the status beside the page.
 */
export const SCRIPT = String.raw`
(() => {
  'use strict';
  const KEPT_AS = 'discogs-agent-key';
  const EVERY_MS = 5000;
  const LONGEST_MS = 10000;
  const at = (id) => document.getElementById(id);
  const show = (id, text) => { if (at(id).textContent !== text) at(id).textContent = text; };
  const number = (value) => value.toLocaleString('en');
  const address = location.pathname.replace(/\/page\/?$/i, '');
  const memory = {
    read: () => { try { return sessionStorage.getItem(KEPT_AS) || ''; } catch { return ''; } },
    write: (key) => { try { sessionStorage.setItem(KEPT_AS, key); } catch { /* The key then lasts until a reload. */ } },
    clear: () => { try { sessionStorage.removeItem(KEPT_AS); } catch { /* Nothing was kept. */ } },
  };
  let key = memory.read();
  let round = 0;
  let timer;

  const BREAKER = {
    closed: ['Answers', 'Calls go through.', ''],
    half_open: ['Being tried', 'Discogs kept failing. One call finds out whether it is back.', 'warn'],
    open: ['Fails', 'Discogs keeps failing and is left alone for a moment.', 'bad'],
  };
  const UPSTREAM = {
    discogs: ['Discogs', 'The real one.'],
    local: ['Sandbox', 'A stand-in on this machine with invented records, not the real Discogs.'],
    other: ['Another server', 'Not the real Discogs: see DISCOGS_API_BASE_URL.'],
  };
  const STORE = { memory: 'Memory', tables: 'Azure Tables' };
  const OUTBOUND = {
    shared: 'Discogs counts by address, and others may send from the one of this gateway.',
    fixed: 'Discogs counts by address, and this gateway has one of its own.',
  };

  function size(bytes) {
    if (bytes < 1024) return bytes + ' bytes';
    const kilo = bytes / 1024;
    return kilo < 1024 ? kilo.toFixed(1) + ' kB' : (kilo / 1024).toFixed(1) + ' MB';
  }

  const many = (count, one, more) => number(count) + ' ' + (count === 1 ? one : more);

  function uptime(seconds) {
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return many(minutes, 'minute', 'minutes');
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? many(hours, 'hour', 'hours') : many(Math.floor(hours / 24), 'day', 'days');
  }

  const troubles = ({ errors, rate_limited, client_errors }) => [
    many(errors, 'error', 'errors'),
    number(rate_limited) + ' rate limited (429)',
    number(client_errors) + ' refused for something in the request',
  ].join(', ') + '.';

  function brokerNote({ enabled, last_hour: hour }) {
    if (!enabled) return 'No sign-in and no search for desktop apps. BROKER_ENABLED switches it on.';
    return 'Last hour: ' + [
      many(hour.sign_ins_started, 'sign-in started', 'sign-ins started'),
      number(hour.sign_ins_linked) + ' linked',
      many(hour.searches, 'search', 'searches'),
    ].join(', ') + '; ' + troubles(hour);
  }

  const SOURCES = { catalogue: 'catalogue', cache: 'cache', discogs: 'Discogs', proxy: 'refused' };

  /** The source of most answers, and the shares of all. */
  function answeredBy(counts) {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (all === 0) return ['Nothing yet', 'No answer in the last hour.'];
    const shares = Object.keys(SOURCES).filter((name) => counts[name] > 0)
      .sort((one, other) => counts[other] - counts[one])
      .map((name) => SOURCES[name] + ' ' + Math.round(100 * counts[name] / all) + ' %');
    return [shares[0], shares.slice(1).concat('last hour').join(', ') + '.'];
  }

  function catalogueOf({ state, date, counts, fix }) {
    if (state === 'off') return ['None', 'CATALOGUE_STORE names one: answers of the monthly dumps, without a call.', ''];
    if (state === 'unavailable') return ['Not readable', 'Discogs is asked instead. ' + fix + '.', 'bad'];
    return [date, many(counts.releases, 'release', 'releases') + ' of the monthly dump.', ''];
  }

  function windowNote({ used, remaining, reset }) {
    const spent = number(used) + ' used in the last minute.';
    if (remaining > 0) return spent;
    return spent + ' The next one is free in ' + reset + (reset === 1 ? ' second.' : ' seconds.');
  }

  function render(status) {
    const { window: budget, queue, breaker, cache, store, last_hour: hour, broker } = status;
    show('remaining', number(budget.remaining));
    show('limit', number(budget.limit));
    at('bar').max = Math.max(1, budget.limit);
    at('bar').value = budget.remaining;
    show('window-note', windowNote(budget));
    at('budget').dataset.mood = budget.remaining === 0 ? 'bad' : budget.remaining * 6 <= budget.limit ? 'warn' : '';
    show('waiting', number(queue.waiting));
    show('queue-note', queue.waiting === 0 ? 'Nobody waits for a call.' :
      queue.waiting === 1 ? 'One call waits for its turn.' : 'Calls wait for their turn.');
    const [state, meaning, mood] = BREAKER[breaker.state] || [breaker.state, '', 'warn'];
    show('breaker-state', state);
    show('breaker-note', meaning);
    at('breaker').dataset.mood = mood;
    const [most, shares] = answeredBy(status.answered_by);
    show('answered', most);
    show('answered-note', shares);
    const [month, content, worry] = catalogueOf(status.catalogue);
    show('catalogue-state', month);
    show('catalogue-note', content);
    at('catalogue').dataset.mood = worry;
    show('hits', (cache.hit_ratio * 100).toFixed(cache.hit_ratio === 0 ? 0 : 1) + ' %');
    show('cache-note', number(cache.entries) + (cache.entries === 1 ? ' answer, ' : ' answers, ') + size(cache.bytes));
    show('store-kind', STORE[store.kind] || store.kind);
    show('store-note', store.healthy ? 'Healthy.' : 'Slow or away: this instance goes on by itself.');
    at('store').dataset.mood = store.healthy ? '' : 'bad';
    show('outbound', OUTBOUND[status.outbound] || status.outbound);
    const [upstream, about] = UPSTREAM[status.upstream] || [status.upstream, ''];
    show('upstream-kind', upstream);
    show('upstream-note', about + (status.read_only ? ' Only reading is allowed.' : ' Reading and writing are allowed.'));
    at('upstream').dataset.mood = status.upstream === 'discogs' ? '' : 'warn';
    show('requests', number(hour.requests));
    show('requests-note', troubles(hour));
    at('hour').dataset.mood = hour.errors > 0 ? 'bad' : hour.rate_limited > 0 ? 'warn' : '';
    show('broker-state', broker.enabled ? 'On' : 'Off');
    show('broker-note', brokerNote(broker));
    show('version', status.version);
    show('uptime', 'Runs for ' + uptime(status.uptime_seconds) + '.');
    show('updated', 'Updated at ' + new Date().toLocaleTimeString() + ', every 5 seconds');
  }

  function ask(message) {
    key = '';
    memory.clear();
    clearTimeout(timer);
    at('numbers').hidden = true;
    at('foot').hidden = true;
    at('ask').hidden = false;
    show('message', message);
    at('key').setAttribute('aria-invalid', String(message !== ''));
    at('key').focus();
    at('key').select();
  }

  function accept(status) {
    render(status);
    memory.write(key);
    show('message', '');
    if (at('ask').hidden) return;
    at('key').value = '';
    at('key').removeAttribute('aria-invalid');
    at('ask').hidden = true;
    at('numbers').hidden = false;
    at('foot').hidden = false;
    at('numbers').focus();
  }

  async function problemOf(response) {
    const { error, reason, which } = await response.json().catch(() => ({}));
    return 'The gateway answers ' + [response.status, error, reason, which].filter(Boolean).join(', ') + '.';
  }

  async function look() {
    clearTimeout(timer);
    round += 1;
    const mine = round;
    let act = () => show('message', 'The gateway does not answer. The next try is in 5 seconds.');
    try {
      const response = await fetch(address, {
        headers: { 'x-api-key': key }, cache: 'no-store', credentials: 'omit', redirect: 'error',
        signal: AbortSignal.timeout(LONGEST_MS),
      });
      if (response.ok) {
        const status = await response.json();
        act = () => accept(status);
      } else if (response.status === 401) {
        act = () => ask('That key is wrong: the gateway does not know it.');
      } else {
        const problem = await problemOf(response);
        act = () => show('message', problem);
      }
    } catch { /* The message above says it. */ }
    // A later look, or another key, has overtaken this one.
    if (mine !== round) return;
    act();
    if (key !== '') timer = setTimeout(look, EVERY_MS);
  }

  at('ask').addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = at('key').value.trim();
    if (!/^[\x21-\x7e]+$/.test(typed)) return ask('That cannot be a key: it has spaces or signs that no key has.');
    key = typed;
    look();
  });
  at('forget').addEventListener('click', () => { round += 1; ask(''); });
  if (key === '') at('key').focus();
  else look();
})();
`;
