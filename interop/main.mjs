import { checkLegacy } from './legacy.mjs';
import { checkModern } from './modern.mjs';
import { checkRaw } from './raw.mjs';

const url = process.argv[2];
await checkRaw(url);
await checkLegacy(url);
await checkModern(url);
// A failed check may leave a connection open; it must not keep the process.
process.exit();
