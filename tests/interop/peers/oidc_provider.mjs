// node-oidc-provider, for the benchmark `peers`: one client that gets opaque tokens for itself, kept in a map.
//
// It writes its port to standard output, and ends when standard input is closed.

import { createServer } from 'node:http';
import Provider from 'oidc-provider';

// Its own adapter in memory keeps the last thousand.
const kept = new Map();

class Adapter {
  constructor(name) {
    this.name = name;
  }

  async upsert(id, payload, expiresIn) {
    kept.set(`${this.name}:${id}`, { payload, end: Date.now() + expiresIn * 1000 });
  }

  async find(id) {
    const found = kept.get(`${this.name}:${id}`);
    return found && found.end > Date.now() ? found.payload : undefined;
  }

  async destroy(id) {
    kept.delete(`${this.name}:${id}`);
  }
}

const provider = new Provider('https://auth.example.com', {
  adapter: Adapter,
  clients: [{
    client_id: 'worker',
    client_secret: 'a-secret-of-thirty-two-bytes-or-more',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: 'jobs',
  }],
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
  scopes: ['jobs'],
  ttl: { ClientCredentials: 3600 },
});
// TLS is somebody else's.
provider.proxy = true;

const server = createServer(provider.callback());
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
