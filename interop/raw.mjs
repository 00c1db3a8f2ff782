import assert from 'node:assert/strict';
import http from 'node:http';
import { check } from './checks.mjs';

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';
const META = 'io.modelcontextprotocol/';

/** HTTP details that the clients do not look at. */
export async function checkRaw(url) {
  await checkSessions(url);
  await checkModernRequests(url);
  await checkForeigners(url);
}

/** POSTs tools/list of the 2025 revisions. */
export function listTools(url, session, version = LEGACY) {
  return post(url, request('tools/list', {}), { 'Mcp-Session-Id': session, 'MCP-Protocol-Version': version });
}

async function checkSessions(url) {
  let session;
  await check('raw: initialize opens a session', async () => {
    const answer = await post(url, initialize());
    assert.equal(answer.status, 200);
    session = answer.header('Mcp-Session-Id');
    assert.match(session ?? '', /^[\x21-\x7e]+$/);
    assert.equal(answer.message.result.protocolVersion, LEGACY);
    assert.equal(answer.message.result.resultType, undefined);
  });
  await check('raw: a notification is answered with 202 and no body', async () => {
    const notice = { jsonrpc: '2.0', method: 'notifications/initialized' };
    const answer = await post(url, notice, { 'Mcp-Session-Id': session, 'MCP-Protocol-Version': LEGACY });
    assert.deepEqual([answer.status, answer.body], [202, '']);
  });
  await check('raw: a protocol version that is not supported is refused with 400', async () => {
    assert.equal((await listTools(url, session, '1900-01-01')).status, 400);
    assert.equal((await listTools(url, session)).status, 200);
  });
  await check('raw: an unknown session answers 404, a missing one 400', async () => {
    assert.equal((await listTools(url, 'no-such-session')).status, 404);
    const answer = await post(url, request('tools/list', {}), { 'MCP-Protocol-Version': LEGACY });
    assert.equal(answer.status, 400);
  });
  await check('raw: DELETE ends the session', async () => {
    const answer = await send(url, 'DELETE', { 'Mcp-Session-Id': session, 'MCP-Protocol-Version': LEGACY });
    assert.ok(answer.status >= 200 && answer.status < 300, `status ${answer.status}`);
    assert.equal((await listTools(url, session)).status, 404);
  });
  await check('raw: GET without a session is refused with 405 and Allow', async () => {
    const answer = await send(url, 'GET', { Accept: 'text/event-stream' });
    assert.equal(answer.status, 405);
    assert.match(answer.header('Allow') ?? '', /\bPOST\b/);
  });
  await check('raw: a body that is not JSON is refused with 400, -32700 and no id', async () => {
    const answer = await send(url, 'POST', headers(), '{"jsonrpc":');
    assert.equal(answer.status, 400);
    assert.equal(answer.message.error.code, -32700);
    assert.ok(!('id' in answer.message), 'the answer has an id');
  });
}

async function checkModernRequests(url) {
  await check('raw: a modern result has resultType and the server in _meta', async () => {
    const answer = await postModern(url, 'tools/list', {});
    assert.equal(answer.status, 200);
    assert.equal(answer.message.result.resultType, 'complete');
    assert.ok(answer.message.result._meta[`${META}serverInfo`].name);
    assert.equal(answer.header('Mcp-Session-Id'), undefined);
  });
  await check('raw: an unknown modern method answers 404 and -32601', async () => {
    for (const method of ['no/such/method', 'initialize', 'ping']) {
      await refused(postModern(url, method, {}), 404, -32601);
    }
  });
  await check('raw: headers that contradict the body are refused with 400 and -32020', async () => {
    const params = { name: 'echo', arguments: { message: 'x' } };
    await refused(postModern(url, 'tools/call', params, { 'Mcp-Method': 'tools/list' }), 400, -32020);
    await refused(postModern(url, 'tools/call', params, { 'Mcp-Name': 'add' }), 400, -32020);
    await refused(postModern(url, 'tools/list', {}, { 'MCP-Protocol-Version': '2099-01-01' }), 400, -32020);
  });
  await check('raw: an unknown modern revision is refused with 400, -32022 and the supported ones', async () => {
    const meta = { [`${META}protocolVersion`]: '2099-01-01' };
    const answer = await refused(
      postModern(url, 'tools/list', {}, { 'MCP-Protocol-Version': '2099-01-01' }, meta), 400, -32022);
    assert.deepEqual(answer.message.error.data, { supported: [MODERN], requested: '2099-01-01' });
  });
  await check('raw: a modern header without _meta is refused with 400 and -32602', async () => {
    await refused(post(url, request('tools/list', {}), { 'MCP-Protocol-Version': MODERN }), 400, -32602);
  });
  await check('raw: a modern notification is answered with 202, even without Mcp-Method', async () => {
    const notice = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1, _meta: envelope() } };
    assert.equal((await post(url, notice, { 'MCP-Protocol-Version': MODERN })).status, 202);
  });
}

async function checkForeigners(url) {
  const { host } = new URL(url);
  await check('raw: a foreign Origin is refused with 403', async () => {
    assert.equal((await post(url, initialize(), { Origin: 'http://evil.example.com' })).status, 403);
  });
  await check('raw: a foreign Host is refused with 403', async () => {
    assert.equal((await post(url, initialize(), { Host: 'evil.example.com' })).status, 403);
  });
  await check('raw: its own Host and Origin are accepted', async () => {
    assert.equal((await postModern(url, 'tools/list', {}, { Host: host, Origin: `http://${host}` })).status, 200);
  });
}

async function refused(answering, status, code) {
  const answer = await answering;
  assert.deepEqual([answer.status, answer.message.error?.code, answer.message.id], [status, code, 1], answer.body);
  return answer;
}

function initialize() {
  return request('initialize', {
    protocolVersion: LEGACY,
    capabilities: {},
    clientInfo: { name: 'mooring-interop', version: '1.0.0' },
  });
}

function request(method, params) {
  return { jsonrpc: '2.0', id: 1, method, params };
}

function envelope() {
  return {
    [`${META}protocolVersion`]: MODERN,
    [`${META}clientInfo`]: { name: 'mooring-interop', version: '1.0.0' },
    [`${META}clientCapabilities`]: {},
  };
}

function headers(more = {}) {
  return { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...more };
}

function post(url, message, more) {
  return send(url, 'POST', headers(more), JSON.stringify(message));
}

function postModern(url, method, params, more = {}, meta = {}) {
  const name = params.name === undefined ? {} : { 'Mcp-Name': params.name };
  return post(
    url,
    request(method, { ...params, _meta: { ...envelope(), ...meta } }),
    { 'MCP-Protocol-Version': MODERN, 'Mcp-Method': method, ...name, ...more },
  );
}

/** One request over node:http, which, unlike fetch, lets Host and Origin be chosen. */
function send(url, method, requestHeaders, body) {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { method, headers: requestHeaders, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(new Answer(response, Buffer.concat(chunks).toString('utf8'))));
    });
    outgoing.setTimeout(10_000, () => outgoing.destroy(new Error(`no answer to ${method} ${url}`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

class Answer {
  constructor(response, body) {
    this.status = response.statusCode;
    this.headers = response.headers;
    this.body = body;
  }

  header(name) {
    return this.headers[name.toLowerCase()];
  }

  /** The JSON-RPC message: the body, or the last event of a stream. */
  get message() {
    if (!this.header('Content-Type')?.startsWith('text/event-stream')) {
      return JSON.parse(this.body);
    }
    const data = this.body.split('\n').filter((line) => line.startsWith('data:') && line.length > 6);
    return JSON.parse(data.at(-1).slice(5));
  }
}
