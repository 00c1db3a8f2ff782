import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { checkCalls } from './calls.mjs';
import { check, until } from './checks.mjs';
import { listTools } from './raw.mjs';

const WHO = 'sdk 1.x';

/** The client of the 2025 revisions: initialize, session, DELETE. */
export async function checkLegacy(url) {
  const transport = new StreamableHTTPClientTransport(new URL(url));
  const client = new Client({ name: 'mooring-interop', version: '1.0.0' });

  await check(`${WHO}: connects and learns who the server is`, async () => {
    await client.connect(transport);
    assert.equal(transport.protocolVersion, '2025-11-25');
    assert.ok(client.getServerVersion().name);
    assert.ok(client.getServerVersion().version);
    assert.ok(client.getServerCapabilities().tools);
    assert.ok(transport.sessionId, 'no session id');
  });
  await check(`${WHO}: ping is answered`, () => client.ping());
  await checkCalls(
    WHO,
    async () => (await client.listTools()).tools,
    (name, args, options) => client.callTool({ name, arguments: args }, undefined, options),
  );
  await check(`${WHO}: hears of each change once, on its session's stream`, async () => {
    let told = 0;
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      told += 1;
    });
    for (let changes = 1; changes <= 2; changes += 1) {
      await client.callTool({ name: 'toggle', arguments: {} });
      await until(() => told === changes);
    }
  });
  await check(`${WHO}: a terminated session is gone: its id answers 404`, async () => {
    const session = transport.sessionId;
    assert.equal((await listTools(url, session)).status, 200);
    await transport.terminateSession();
    await client.close();
    assert.equal((await listTools(url, session)).status, 404);
  });
}
