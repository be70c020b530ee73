/** Cookies as a browser keeps them. */

export interface CookieJar {
  /** What goes along with a request to `url`; empty where there is nothing. */
  headers(url: string): Readonly<Record<string, string>>;
  /** Keeps what an answer from `url` sets. Throws for what a browser would not keep. */
  store(url: string, setCookie: string | null | undefined): void;
}

interface Cookie {
  readonly value: string;
  readonly isSecure: boolean;
  readonly expiresAt: number;
}

/**
 * A new jar. Cookies belong to the host that has set them, whatever its port.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
 */
export function cookieJar(now: () => number = Date.now): CookieJar {
  const hosts = new Map<string, Map<string, Cookie>>();
  return {
    headers(url) {
      const { protocol, hostname } = new URL(url);
      const sent = [...(hosts.get(hostname) ?? [])]
        .filter(([, { isSecure, expiresAt }]) => expiresAt > now() && (!isSecure || protocol === 'https:'))
        .map(([name, { value }]) => `${name}=${value}`);
      return sent.length === 0 ? {} : { cookie: sent.join('; ') };
    },
    store(url, setCookie) {
      if (setCookie === null || setCookie === undefined) return;
      const { protocol, hostname } = new URL(url);
      const [pair = '', ...attributes] = setCookie.split('; ');
      const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
      const isSecure = attributes.includes('Secure');
      const isHostOnly = attributes.includes('Path=/') && !attributes.some((text) => /^domain=/i.test(text));
      const isRefused =
        name === '' ||
        (isSecure && protocol !== 'https:') ||
        (name.startsWith('__Host-') && !(isSecure && isHostOnly));
      if (isRefused) throw new Error(`no browser keeps this cookie of ${url}: ${setCookie}`);
      const maxAge = attributes.find((text) => text.startsWith('Max-Age='))?.slice('Max-Age='.length);
      const expiresAt = maxAge === undefined ? Number.POSITIVE_INFINITY : now() + Number(maxAge) * 1000;
      const cookies = hosts.get(hostname) ?? new Map<string, Cookie>();
      hosts.set(hostname, cookies.set(name, { value, isSecure, expiresAt }));
    },
  };
}
