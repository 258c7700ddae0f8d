// Where the project lies, whatever folder a script was called from. Never store this path in a file that is committed.
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
