"""A person at a browser without scripts: keeps cookies, follows redirects, logs in, agrees."""

import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urljoin

import requests

HERE = Path(__file__).parent
ALICE = json.loads((HERE / "users.json").read_text("utf-8"))[0]
# The private key of the client `signer`.
SIGNING_KEY = json.loads((HERE / "signer.jwk.json").read_text("utf-8"))


def client(client_id):
    """The metadata of a client."""
    clients = json.loads((HERE / "clients.json").read_text("utf-8"))
    return next(client for client in clients if client["client_id"] == client_id)


def works(what):
    """Says that something was seen to work; what is not said, the test misses."""
    print(what, flush=True)


class Form(HTMLParser):
    """The first form of a page, with its hidden fields; what a person would enter is entered."""

    def __init__(self, html, user_code):
        super().__init__()
        self.user_code = user_code
        self.action = None
        self.fields = []
        self.feed(html)
        if self.action is None:
            raise AssertionError(f"a page without a form: {html[html.find('<main>'):]}")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name, value = attrs.get("name"), attrs.get("value")
        if tag == "form" and self.action is None:
            self.action = attrs["action"]
        elif (tag == "input" and attrs.get("type") == "hidden") or (name == "decision" and value == "allow"):
            self.fields.append((name, value))
        elif name == "user_code":
            self.fields.append((name, self.user_code))
        elif name in ("username", "password"):
            self.fields.append((name, ALICE[name]))


class Person:
    """Someone at a browser of their own."""

    def __init__(self):
        self.session = requests.Session()

    def visit(self, url, callback):
        """Opens a page and answers what it asks, until the client's redirect URI is reached: its URL, with the parameters of a
        posted form in the query."""
        return self._walk(url, lambda target: target.startswith(callback))

    def connect(self, verification_uri, user_code):
        """Enters the code that a device shows, and lets the device in."""
        self._walk(verification_uri, lambda target: False, user_code, "Your device is connected")

    def _walk(self, url, is_arrived, user_code=None, ends=None):
        page = self.session.get(url, allow_redirects=False)
        for _ in range(20):
            location = page.headers.get("location")
            if location is not None:
                target = urljoin(page.url, location)
                if is_arrived(target):
                    return target
                page = self.session.get(target, allow_redirects=False)
                continue
            if ends is not None and ends in page.text:
                return page.url
            form = Form(page.text, user_code)
            action = urljoin(page.url, form.action)
            if is_arrived(action):
                return action + "?" + urlencode(form.fields)
            page = self.session.post(action, data=form.fields, allow_redirects=False)
        raise AssertionError(f"{url} leads nowhere")
