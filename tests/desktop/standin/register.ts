// Loaded before main.ts: whoever asks for 'electron' in this process gets the stand-in. Nothing of the program is changed.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true };
    return next(specifier, context);
  },
});
