/** What nginx is told. */

/** Free ports of this machine; the second one is for a server behind the first. */
export interface NginxPorts {
  readonly port: number;
  readonly innerPort: number;
}

/** One process and no logs. */
export const nginxConfiguration = (directory: string, servers: string): string => `
daemon off; master_process off; pid ${directory}/nginx.pid; error_log ${directory}/error.log;
events { worker_connections 512; }
http {
  access_log off; keepalive_requests 100000000; keepalive_timeout 600s; proxy_buffers 16 16k;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${directory}/${kind};`)
    .join('\n  ')}
  ${servers}
}`;

/** Both sides keep their connections for the whole run. */
const upstream = (name: string, port: number): string =>
  `upstream ${name} { server 127.0.0.1:${port}; keepalive 64; keepalive_requests 100000000; keepalive_timeout 600s; }`;
const toDiscogs = (token: string): string => `
      proxy_pass http://discogs/; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Authorization "Discogs token=${token}";`;

/** The floor for any process that forwards. */
export const forwardingServers =
  (upstreamPort: number) =>
  ({ port }: NginxPorts): string =>
    `
  ${upstream('discogs', upstreamPort)}
  server {
    listen 127.0.0.1:${port};
    location /api/ {${toDiscogs('benchmark')}
    }
  }`;

/** What a cache is to respect. */
export interface CachingOptions {
  readonly upstreamPort: number;
  readonly token: string;
  /** Calls to the upstream, spread evenly: a leaky bucket cannot express a moving window. */
  readonly callsPerMinute: number;
  /** Calls that wait for their turn; those beyond are refused. */
  readonly waiting: number;
}

/**
 * A cache that lets one of identical calls through, and behind it, so that kept answers cost nothing, a limit. `Date`
 * stays Discogs' own: nginx does not tell the age of an answer in any other way. The port stands for everybody; a
 * variable that is empty would switch the limit off.
 * @see https://nginx.org/en/docs/http/ngx_http_limit_req_module.html
 */
export const cachingServers =
  (directory: string, { upstreamPort, token, callsPerMinute, waiting }: CachingOptions) =>
  ({ port, innerPort }: NginxPorts): string =>
    `
  proxy_cache_path ${directory}/kept keys_zone=kept:16m inactive=6h max_size=256m use_temp_path=off;
  limit_req_zone $server_port zone=window:1m rate=${callsPerMinute}r/m;
  ${upstream('discogs', upstreamPort)}
  ${upstream('limited', innerPort)}
  server {
    listen 127.0.0.1:${port};
    location /api/ {
      proxy_pass http://limited/; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_pass_header Date;
      proxy_cache kept; proxy_cache_key $uri$is_args$args; proxy_cache_valid 200 6h;
      proxy_cache_lock on; proxy_cache_lock_timeout 60s; proxy_cache_lock_age 60s;
    }
  }
  server {
    listen 127.0.0.1:${innerPort};
    location / {
      limit_req zone=window burst=${waiting}; limit_req_status 429;
      proxy_pass_header Date;${toDiscogs(token)}
    }
  }`;
