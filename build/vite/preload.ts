// The bridge: CommonJS in one file, the only form a sandboxed preload may have.
import { nodeBundle } from './nodeBundle.ts';

export const preloadBundle = nodeBundle({ name: 'preload', entry: 'electron/preload.ts', format: 'cjs', withWorkers: false });
