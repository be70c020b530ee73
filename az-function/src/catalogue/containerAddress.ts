/** Where a pack is: the https address of a Blob container, with a shared access signature or without. */

export interface ContainerAddress {
  /** `https://account.blob.core.windows.net`. */
  readonly origin: string;
  /** `/container`, in Azurite `/account/container`. */
  readonly path: string;
  /** The signature with its `?`, a secret; empty: the app's identity is used. */
  readonly signature: string;
}

const LOCAL_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** Undefined for what is no address of a container. */
export function readContainerAddress(value: string): ContainerAddress | undefined {
  const url = URL.canParse(value.trim()) ? new URL(value.trim()) : undefined;
  if (url === undefined || url.username + url.password + url.hash !== '') return undefined;
  // Without TLS only to this machine.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname))) {
    return undefined;
  }
  const path = url.pathname.replace(/\/$/, '');
  if (!/^(\/[a-z0-9$-]+){1,2}$/.test(path)) return undefined;
  if (url.search !== '' && !url.searchParams.has('sig')) return undefined;
  return { origin: url.origin, path, signature: url.search };
}
