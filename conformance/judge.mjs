// Judges results of the conformance suite more strictly than its own tick: a scenario passes when it has no FAILURE,
// no WARNING and at least one SUCCESS that shows the server did something.
//
// usage: node judge.mjs <results>, laid out as <results>/<revision>/<scenario>/**/checks.json; a run that left no
// checks.json has failed.
import fs from 'node:fs';
import path from 'node:path';

/** Succeeds also when the server said nothing. */
const VACUOUS_CHECK = 'wire-schema-valid';
/** Skips itself, whatever the server does. */
const SKIPPED_BY_SUITE = new Set(['tasks-status-notifications']);

const root = process.argv[2];
const rows = folders(root).flatMap((revision) =>
  folders(path.join(root, revision)).map((scenario) => judge(revision, scenario)));
print(rows);
const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped by the suite` : '';
console.log(`${count('passed')} passed, ${count('FAILED')} failed${skipped}`);
process.exitCode = count('FAILED') === 0 && count('passed') > 0 ? 0 : 1;

function judge(revision, scenario) {
  const folder = path.join(root, revision, scenario);
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => path.basename(file) === 'checks.json');
  if (files.length === 0) {
    return { scenario, revision, verdict: 'FAILED', reasons: ['no checks.json: the scenario did not run to its end'] };
  }
  const checks = files.flatMap((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
  const bad = checks.filter((check) => check.status === 'FAILURE' || check.status === 'WARNING');
  if (bad.length > 0) {
    return { scenario, revision, verdict: 'FAILED', reasons: bad.map(reason) };
  }
  if (!checks.some((check) => check.status === 'SUCCESS' && check.id !== VACUOUS_CHECK)) {
    return SKIPPED_BY_SUITE.has(scenario)
      ? { scenario, revision, verdict: 'skipped', reasons: [] }
      : { scenario, revision, verdict: 'FAILED', reasons: ['nothing was checked'] };
  }
  return { scenario, revision, verdict: 'passed', reasons: [] };
}

function reason(check) {
  return `${check.status} ${check.id}: ${(check.errorMessage ?? check.description ?? '').split('\n')[0]}`;
}

function print(table) {
  const width = Math.max(8, ...table.map((row) => row.scenario.length));
  console.log(`${'scenario'.padEnd(width)}  revision    result`);
  for (const row of table) {
    console.log(`${row.scenario.padEnd(width)}  ${row.revision.padEnd(10)}  ${row.verdict}`);
    row.reasons.forEach((text) => console.log(`    ${text}`));
  }
}

function folders(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}
