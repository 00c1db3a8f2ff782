import { setTimeout as delay } from 'node:timers/promises';

/** How long one check may take before it counts as failed. */
const LIMIT_MS = 30_000;

/** Runs one check and prints one line: `ok` or `FAILED` with the reason. */
export async function check(name, body) {
  const timer = new AbortController();
  const late = delay(LIMIT_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${LIMIT_MS} ms`);
  });
  late.catch(() => {});
  try {
    await Promise.race([body(), late]);
    console.log(`ok      ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`FAILED  ${name}: ${describe(error)}`);
  } finally {
    timer.abort();
  }
}

/** Waits until something holds; the check's own limit says when that takes too long. */
export async function until(holds) {
  while (!holds()) {
    await delay(10);
  }
}

/** Milliseconds that `body` takes. */
export async function elapsed(body) {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

function describe(error) {
  const text = error instanceof Error ? error.message : String(error);
  const code = error?.code === undefined ? '' : ` [${error.code}]`;
  return text.trim().split('\n').join(' ') + code;
}
