// The branch in plain Node: the server of a branch's network, and the host of every browser test.
import { nodeBundle } from './nodeBundle.ts';

export const serveBundle = nodeBundle({ name: 'serve', entry: 'electron/serve.ts', format: 'es', withWorkers: true });
