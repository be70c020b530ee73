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
    closed: ['Closed', 'Discogs answers; calls go through.', ''],
    half_open: ['Half open', 'One call finds out whether Discogs is back.', 'warn'],
    open: ['Open', 'Discogs keeps failing and is left alone for a moment.', 'bad'],
  };
  const STORE = { memory: 'Memory', tables: 'Azure Tables' };
  const OUTBOUND = {
    shared: 'Others may send from the same address.',
    fixed: 'The address towards Discogs is its own.',
  };

  function size(bytes) {
    if (bytes < 1024) return bytes + ' bytes';
    const kilo = bytes / 1024;
    return kilo < 1024 ? kilo.toFixed(1) + ' kB' : (kilo / 1024).toFixed(1) + ' MB';
  }

  function windowNote({ used, remaining, reset }) {
    const spent = number(used) + ' used in the last minute.';
    if (remaining > 0) return spent;
    return spent + ' The next one is free in ' + reset + (reset === 1 ? ' second.' : ' seconds.');
  }

  function render({ window: budget, queue, breaker, cache, store, version, outbound }) {
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
    show('hits', (cache.hit_ratio * 100).toFixed(cache.hit_ratio === 0 ? 0 : 1) + ' %');
    show('cache-note', number(cache.entries) + (cache.entries === 1 ? ' answer, ' : ' answers, ') + size(cache.bytes));
    show('store-kind', STORE[store.kind] || store.kind);
    show('store-note', store.healthy ? 'Healthy.' : 'Slow or away: this instance goes on by itself.');
    at('store').dataset.mood = store.healthy ? '' : 'bad';
    show('version', version);
    show('outbound', OUTBOUND[outbound] || outbound);
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
