import { describe, expect, it } from '@jest/globals';
import { browserCookie, readBrowserNonce } from '../../src/signIn/browserCookie.ts';

const HTTPS = 'https://broker.example/api';
const LOCAL = 'http://127.0.0.1:8787';
const NONCE = 'a1'.repeat(32);
const OTHER = 'b2'.repeat(32);

describe("the browser's cookie", () => {
  it.each([
    [HTTPS, true],
    ['HTTPS://BROKER.EXAMPLE', true],
    // Behind a front that ends TLS and does not say so, or open to whoever sits in between.
    ['http://broker.example', true],
    ['http://app.azurewebsites.net/api', true],
    [LOCAL, false],
    ['http://localhost:8787', false],
    ['http://broker.localhost', false],
    ['http://[::1]:8787', false],
    ['http://192.168.1.20/api', false],
    ['http://nas', false],
  ])('at %s: out of reach of sibling domains: %s', (baseUrl, isProtected) => {
    expect(browserCookie(NONCE, baseUrl, 900)).toBe(
      isProtected
        ? `__Host-broker-browser=${NONCE}; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure`
        : `broker-browser=${NONCE}; Path=/; Max-Age=900; HttpOnly; SameSite=Lax`,
    );
  });

  it.each([
    [`__Host-broker-browser=${NONCE}`, NONCE],
    [`a=b; __Host-broker-browser=${NONCE}; c=d`, NONCE],
    [`a=b;__Host-broker-browser=${NONCE}`, NONCE],
    // What a sibling domain can set is none of these.
    [`broker-browser=${NONCE}`, undefined],
    [`__host-broker-browser=${NONCE}`, undefined],
    [`a=x,__Host-broker-browser=${NONCE}`, undefined],
    [`\u00a0__Host-broker-browser=${NONCE}`, undefined],
    [`\t__Host-broker-browser=${NONCE}`, undefined],
    [`__Host-broker-browser =${NONCE}`, undefined],
    [`a="; __Host-broker-browser=${NONCE}"`, undefined],
    [`__Host-broker-browser=${NONCE}; __Host-broker-browser=${OTHER}`, undefined],
    // And what nobody has made.
    ['__Host-broker-browser=', undefined],
    [`__Host-broker-browser=${NONCE.toUpperCase()}`, undefined],
    [`__Host-broker-browser=${NONCE}0`, undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is read from %j: %s', (header, nonce) => {
    expect(readBrowserNonce(header, HTTPS)).toBe(nonce);
  });

  it('has another name for local work', () => {
    expect(readBrowserNonce(`broker-browser=${NONCE}`, LOCAL)).toBe(NONCE);
    expect(readBrowserNonce(`__Host-broker-browser=${NONCE}`, LOCAL)).toBeUndefined();
  });
});
