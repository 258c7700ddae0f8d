// The desktop's main process: ESM, so that the sources stay what Node runs directly. It must never await at its top level
// for Electron to be ready, which an ESM entry waits for in vain.
import { nodeBundle } from './nodeBundle.ts';

export const mainBundle = nodeBundle({ name: 'main', entry: 'electron/main.ts', format: 'es', withWorkers: true });
