// A person at a browser without scripts: keeps cookies, follows redirects, logs in, agrees.

import { readFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** The metadata of a client. */
export const client = (id) => read('clients.json').find(({ client_id }) => client_id === id);

/** Says that something was seen to work; what is not said, the test misses. */
export const works = (what) => console.log(what);

export class Person {
  #cookies = new Map();

  /** Opens a page and answers what it asks, until the client's redirect URI is reached: a URL, or a form that is posted to it. */
  async visit(url, callback) {
    let page = await this.#open(url);
    for (let step = 0; step < 20; step++) {
      const location = page.response.headers.get('location');
      if (location !== null) {
        const target = new URL(location, page.url);
        if (target.href.startsWith(callback)) return target;
        page = await this.#open(target);
        continue;
      }
      const html = await page.response.text();
      const form = this.#fillIn(html, page.url);
      if (form.action.href.startsWith(callback)) {
        return new Request(form.action, { method: 'POST', body: form.fields });
      }
      page = await this.#open(form.action, form.fields);
    }
    throw new Error(`${url} leads nowhere`);
  }

  #fillIn(html, url) {
    const form = /<form [^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(html);
    if (form === null) throw new Error(`a page without a form: ${html}`);
    const fields = new URLSearchParams();
    for (const [input] of form[2].matchAll(/<(?:input|button) [^>]*>/g)) {
      const attribute = (name) => unescape(new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? '');
      if (attribute('type') === 'hidden') fields.append(attribute('name'), attribute('value'));
      if (attribute('name') === 'decision' && attribute('value') === 'allow') fields.append('decision', 'allow');
      if (attribute('name') === 'username') {
        const [alice] = read('users.json');
        fields.append('username', alice.username);
        fields.append('password', alice.password);
      }
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
