import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { check } from './checks.mjs';

/** Listens until the server is stopped by somebody else, who waits for `listening`. */
const url = process.argv[2];
await check('client 2.x: a server that stops ends its subscriptions gracefully', async () => {
  const client = new Client(
    { name: 'mooring-interop', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  const subscription = await client.listen({ toolsListChanged: true });
  console.log('listening');
  assert.equal(await subscription.closed, 'graceful');
});
process.exit();
