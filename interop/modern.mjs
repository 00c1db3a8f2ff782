import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { checkCalls } from './calls.mjs';
import { check, until } from './checks.mjs';
import { listTools } from './raw.mjs';

const WHO = 'client 2.x';
const MODERN = '2026-07-28';
const UNSUPPORTED_VERSION = -32022;

/** The client of revision 2026-07-28, and the ways in which it finds out what a server speaks. */
export async function checkModern(url) {
  await checkPinned(url);
  await checkNegotiation(url);
}

async function checkPinned(url) {
  const { client, transport } = build(url, { mode: { pin: MODERN } });
  const sent = observe(transport);

  await check(`${WHO}: connects pinned to ${MODERN} and learns who the server is`, async () => {
    await client.connect(transport);
    assert.equal(client.getProtocolEra(), 'modern');
    assert.equal(client.getNegotiatedProtocolVersion(), MODERN);
    assert.ok(client.getServerVersion()?.name, 'no serverInfo in the _meta of the discover result');
    assert.ok(client.getServerCapabilities().tools);
    assert.equal(transport.sessionId, undefined);
  });
  await check(`${WHO}: server/discover names the revision`, async () => {
    assert.ok((await client.discover()).supportedVersions.includes(MODERN));
  });
  await checkCalls(
    WHO,
    async () => (await client.listTools()).tools,
    (name, args, options) => client.callTool({ name, arguments: args }, options),
  );
  await check(`${WHO}: listens, hears of each change once, and hears no more when it stops`, () => checkListen(client));
  await check(`${WHO}: closes, having sent no initialize and no DELETE`, async () => {
    await client.close();
    assert.ok(sent.includes('tools/call'));
    assert.ok(!sent.includes('initialize') && !sent.includes('DELETE'));
  });
}

async function checkListen(client) {
  let told = 0;
  client.setNotificationHandler('notifications/tools/list_changed', () => {
    told += 1;
  });
  const subscription = await client.listen({
    toolsListChanged: true,
    resourceSubscriptions: ['sample://about', 'sample://nowhere'],
  });
  const other = await client.listen({ promptsListChanged: true });
  assert.deepEqual(subscription.honoredFilter, {
    toolsListChanged: true,
    resourceSubscriptions: ['sample://about'],
  });
  assert.deepEqual(other.honoredFilter, { promptsListChanged: true });
  for (let changes = 1; changes <= 2; changes += 1) {
    await client.callTool({ name: 'toggle', arguments: {} });
    await until(() => told === changes);
  }
  await subscription.close();
  assert.equal(await subscription.closed, 'local');
  await client.callTool({ name: 'toggle', arguments: {} });
  await client.callTool({ name: 'toggle', arguments: {} });
  await delay(500);
  assert.equal(told, 2);
  await other.close();
}

async function checkNegotiation(url) {
  await check(`${WHO}: mode auto finds the modern era`, async () => {
    const { client, transport } = build(url, { mode: 'auto' });
    await client.connect(transport);
    assert.equal(client.getProtocolEra(), 'modern');
    await echo(client);
    await client.close();
  });
  await check(`${WHO}: an offer of an unknown revision is corrected to ${MODERN}`, async () => {
    const { client, transport } = build(url, { mode: 'auto' }, ['2099-01-01', MODERN, '2025-11-25']);
    await client.connect(transport);
    assert.equal(client.getNegotiatedProtocolVersion(), MODERN);
    await echo(client);
    await client.close();
  });
  await check(`${WHO}: no common revision ends in ${UNSUPPORTED_VERSION} with the supported ones`, async () => {
    const { client, transport } = build(url, { mode: 'auto' }, ['2099-01-01']);
    await assert.rejects(client.connect(transport), (error) => {
      assert.equal(error.code, UNSUPPORTED_VERSION, String(error));
      assert.deepEqual(error.data.supported, [MODERN]);
      return true;
    });
  });
  await check(`${WHO}: by default it speaks the legacy era, with a session`, async () => {
    const { client, transport } = build(url, undefined);
    await client.connect(transport);
    await checkSession(url, client, transport);
  });
  await check(`${WHO}: mode auto falls back to initialize when the probe is refused`, async () => {
    const { client, transport } = build(url, { mode: 'auto' }, undefined, refuseFirst());
    await client.connect(transport);
    await checkSession(url, client, transport);
  });
}

function build(url, versionNegotiation, supportedProtocolVersions, fetch) {
  const options = { versionNegotiation, supportedProtocolVersions };
  return {
    client: new Client({ name: 'mooring-interop', version: '1.0.0' }, options),
    transport: new StreamableHTTPClientTransport(new URL(url), { fetch }),
  };
}

/** Collects the method of each message sent, and `DELETE`. */
function observe(transport) {
  const sent = [];
  const { send, terminateSession } = transport;
  transport.send = (message, options) => {
    sent.push(message.method);
    return send.call(transport, message, options);
  };
  transport.terminateSession = () => {
    sent.push('DELETE');
    return terminateSession.call(transport);
  };
  return sent;
}

/** A fetch that answers the first request as a server of the 2025 revisions would. */
function refuseFirst() {
  let first = true;
  return (url, init) => {
    if (first) {
      first = false;
      return Promise.resolve(new Response('Bad Request: Server not initialized', { status: 400 }));
    }
    return fetch(url, init);
  };
}

async function checkSession(url, client, transport) {
  assert.equal(client.getProtocolEra(), 'legacy');
  assert.equal(client.getNegotiatedProtocolVersion(), '2025-11-25');
  const session = transport.sessionId;
  assert.ok(session, 'no session id');
  await echo(client);
  await transport.terminateSession();
  await client.close();
  assert.equal((await listTools(url, session)).status, 404);
}

async function echo(client) {
  const result = await client.callTool({ name: 'echo', arguments: { message: 'ahoy' } });
  assert.equal(result.content[0].text, 'ahoy');
}
