// A person at a browser without scripts: keeps cookies, follows redirects, logs in, agrees.

import { readFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** The metadata of a client. */
export const client = (id) => read('clients.json').find(({ client_id }) => client_id === id);

/** The private key of the client `signer`. */
export async function signingKey() {
  const { kid, alg, ...jwk } = read('signer.jwk.json');
  const algorithm = { name: 'ECDSA', namedCurve: jwk.crv };
  return { kid, key: await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']) };
}

/** Alice. */
export const [alice] = read('users.json');

/** Says that something was seen to work; what is not said, the test misses. */
export const works = (what) => console.log(what);

export class Person {
  #cookies = new Map();

  /** Opens a page and answers what it asks, until the client's redirect URI is reached: a URL, or a form that is posted to it. */
  async visit(url, callback) {
    return this.#walk(url, (target, fields) => {
      if (!target.href.startsWith(callback)) return undefined;
      return fields === undefined ? target : new Request(target, { method: 'POST', body: fields });
    });
  }

  /** Enters the code that a device shows, and lets the device in. */
  async connect(verificationUri, userCode) {
    return this.#walk(verificationUri, () => undefined, { userCode, ends: 'Your device is connected' });
  }

  async #walk(url, arrived, { userCode, ends } = {}) {
    let page = await this.#open(url);
    for (let step = 0; step < 20; step++) {
      const location = page.response.headers.get('location');
      if (location !== null) {
        const target = new URL(location, page.url);
        const answer = arrived(target);
        if (answer !== undefined) return answer;
        page = await this.#open(target);
        continue;
      }
      const html = await page.response.text();
      if (ends !== undefined && html.includes(ends)) return undefined;
      const { action, fields } = this.#fillIn(html, page.url, userCode);
      const answer = arrived(action, fields);
      if (answer !== undefined) return answer;
      page = await this.#open(action, fields);
    }
    throw new Error(`${url} leads nowhere`);
  }

  #fillIn(html, url, userCode) {
    const form = /<form [^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(html);
    if (form === null) throw new Error(`a page without a form: ${html.slice(html.indexOf('<main>'))}`);
    const fields = new URLSearchParams();
    for (const [input] of form[2].matchAll(/<(?:input|button) [^>]*>/g)) {
      const attribute = (name) => unescape(new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? '');
      const [name, value] = [attribute('name'), attribute('value')];
      if (attribute('type') === 'hidden' || (name === 'decision' && value === 'allow')) fields.append(name, value);
      else if (name === 'user_code') fields.append(name, userCode);
      else if (name === 'username' || name === 'password') fields.append(name, alice[name]);
    }
    return { action: new URL(unescape(form[1]), url), fields };
  }

  async #open(url, body) {
    const headers = { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(url, { method: body ? 'POST' : 'GET', body, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value, attributes] = /^([^=]*)=([^;]*)(.*)$/.exec(cookie);
      if (/max-age=0/i.test(attributes)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return { response, url };
  }
}

const unescape = (text) =>
  text.replace(/&(?:#(\d+)|lt|gt|quot|amp);/g, (reference, code) =>
    code ? String.fromCodePoint(code) : { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }[reference]);
