import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { check } from './checks.mjs';

const WHO = 'sdk 1.x across restarts';
/** A session that was initialized this long ago survives a kill. */
const KEPT_AFTER_MS = 1_000;
const START_MS = 20_000;

/** Kills a server under its clients and starts it again on the same store. */
async function checkRestart(launcher, port, store) {
  const url = new URL(`http://127.0.0.1:${port}/mcp`);
  const streams = [];
  const transport = new StreamableHTTPClientTransport(url, {
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      if (init?.method === 'GET') {
        streams.push(answer.status);
      }
      return answer;
    },
    reconnectionOptions: {
      initialReconnectionDelay: 100,
      maxReconnectionDelay: 500,
      reconnectionDelayGrowFactor: 1.2,
      maxRetries: 100,
    },
  });
  const client = new Client({ name: 'mooring-interop', version: '1.0.0' });
  client.onerror = () => {}; // the connection that the kill breaks
  const echo = async (message) => {
    const result = await client.callTool({ name: 'echo', arguments: { message } });
    assert.equal(result.content[0].text, message);
  };
  let server = await start(launcher, port, store);

  await check(`${WHO}: a session is opened and used`, async () => {
    await client.connect(transport);
    await echo('before');
    await until(() => streams.length === 1, 'its stream');
  });
  const session = transport.sessionId;
  await delay(KEPT_AFTER_MS);
  server.kill('SIGKILL');
  await once(server, 'exit');
  server = await start(launcher, port, store);

  await check(`${WHO}: after kill -9 a call on the same session is answered`, async () => {
    await echo('after the kill');
    assert.equal(transport.sessionId, session);
  });
  await check(`${WHO}: after kill -9 the stream of the session comes back`, async () => {
    await until(() => streams.length > 1 && streams.at(-1) === 200, 'its stream again');
    assert.ok(!streams.includes(404), `statuses ${streams}`);
  });
  server.kill('SIGTERM');
  await check(`${WHO}: a server with an open stream stops cleanly`, async () => {
    const [code] = await once(server, 'exit');
    assert.equal(code, 0);
  });
  server = await start(launcher, port, store);
  await check(`${WHO}: after a stop a call on the same session is answered`, () => echo('after the stop'));
  await check(`${WHO}: a terminated session stays gone`, async () => {
    await transport.terminateSession();
    await delay(KEPT_AFTER_MS);
    server.kill('SIGKILL');
    await once(server, 'exit');
    server = await start(launcher, port, store);
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-session-id': session,
        'mcp-protocol-version': '2025-11-25',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
    assert.equal(answer.status, 404);
  });
  server.kill('SIGKILL');
  await client.close().catch(() => {});
}

async function start(launcher, port, store) {
  const env = { ...process.env, MCP_HOST: '127.0.0.1', MCP_PORT: port, MCP_PATH: '/mcp', MCP_SESSION_STORE: `file:${store}` };
  const server = spawn(launcher, ['serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  process.on('exit', () => server.kill('SIGKILL'));
  await until(async () => {
    assert.equal(server.exitCode, null, 'the server ended before it was ready');
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    return answer?.status === 200;
  }, 'the server to be ready');
  return server;
}

async function until(condition, what) {
  const end = performance.now() + START_MS;
  while (!(await condition())) {
    assert.ok(performance.now() < end, `waited ${START_MS} ms in vain for ${what}`);
    await delay(20);
  }
}

await checkRestart(...process.argv.slice(2));
process.exit();
