import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { check, elapsed } from './checks.mjs';

const INVALID_PARAMS = -32602;
const TOOLS = ['add', 'echo', 'fail', 'sleep', 'slow', 'toggle'];

/**
 * What every client must see of the sample tools, in either era.
 *
 * `who` starts each check's name; `list()` gives the tools; `call(name, args, options)` calls one, where options may
 * hold `signal` and `onprogress`.
 */
export async function checkCalls(who, list, call) {
  await check(`${who}: lists the sample tools with a schema and a description each`, async () => {
    const tools = await list();
    const names = tools.map((tool) => tool.name);
    assert.deepEqual(TOOLS.filter((name) => !names.includes(name)), [], `missing; listed are ${names}`);
    for (const tool of tools) {
      assert.equal(tool.inputSchema.type, 'object', tool.name);
      assert.ok(tool.description, `${tool.name} has no description`);
    }
  });
  await check(`${who}: echo returns the message`, async () => {
    for (const message of ['hello', '', 'zwölf Boxkämpfer\n"日本" 🚢 \u2028', 'x'.repeat(100_000)]) {
      assert.equal(text(await call('echo', { message })), message);
    }
  });
  await check(`${who}: add returns structured content and text`, async () => {
    const result = await call('add', { a: 2, b: 40 });
    assert.deepEqual(result.structuredContent, { sum: 42 });
    assert.match(text(result), /42/);
  });
  await check(`${who}: slow reports increasing progress before its result`, async () => {
    const seen = [];
    const result = await call('slow', { seconds: 1, steps: 4 }, { onprogress: (p) => seen.push(p.progress) });
    assert.ok(!result.isError && text(result).length > 0);
    assert.ok(seen.length >= 3, `progress: ${seen}`);
    assert.ok(seen.every((value, i) => i === 0 || value > seen[i - 1]), `progress: ${seen}`);
  });
  await check(`${who}: sleep returns text`, async () => {
    assert.ok(text(await call('sleep', { ms: 20 })).length > 0);
  });
  await check(`${who}: fail is a result with isError, not an error`, async () => {
    const result = await call('fail', {});
    assert.equal(result.isError, true);
    assert.ok(text(result).length > 0);
  });
  await check(`${who}: an unknown tool is error ${INVALID_PARAMS}`, async () => {
    await assert.rejects(call('no-such-tool', {}), (error) => {
      assert.equal(error.code, INVALID_PARAMS, String(error));
      return true;
    });
  });
  await check(`${who}: a cancelled call ends at once and the server goes on`, async () => {
    const cancel = new AbortController();
    const pending = call('sleep', { ms: 30_000 }, { signal: cancel.signal });
    const rejected = assert.rejects(pending);
    await delay(300);
    const took = await elapsed(async () => {
      cancel.abort('enough');
      await rejected;
    });
    assert.ok(took < 1_000, `rejected after ${took} ms`);
    assert.equal(text(await call('echo', { message: 'still here' })), 'still here');
  });
  await check(`${who}: 150 calls of 3 s at once take less than 4 s`, async () => {
    const took = await elapsed(() => Promise.all(Array.from({ length: 150 }, () => call('sleep', { ms: 3_000 }))));
    assert.ok(took >= 2_900 && took < 4_000, `took ${Math.round(took)} ms`);
  });
}

function text(result) {
  assert.equal(result.content[0]?.type, 'text');
  return result.content[0].text;
}
