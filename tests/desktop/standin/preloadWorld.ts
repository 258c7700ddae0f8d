// The world that a preload script sees, as text that Chromium runs before any script of the page: `require` knows 'electron' and nothing
// else, and what is exposed to the page is copied and frozen, as context isolation does. The two ends of the wire are taken out of the
// page's reach before its first script runs.

/** `wire` is a name that nobody can guess; the program's end finds the page's end under it. */
export function preloadWorld(preload: string, wire: string): string {
  return `(() => {
  if (window.top !== window) return;
  const ask = globalThis[${JSON.stringify(`${wire}_ask`)}];
  delete globalThis[${JSON.stringify(`${wire}_ask`)}];
  const copy = (value) => (typeof value === 'function' ? bridged(value) : structuredClone(value));
  const bridged = (run) => (...given) => {
    const answer = run(...given.map(copy));
    return answer instanceof Promise ? answer.then(copy) : copy(answer);
  };
  const exposed = (api) => Object.freeze(Object.fromEntries(Object.entries(api).map(([name, member]) => [name, copy(member)])));
  const listeners = new Map();
  Object.defineProperty(globalThis, ${JSON.stringify(`${wire}_tell`)}, {
    enumerable: false,
    value: (channel, payload) => { for (const listener of listeners.get(channel) ?? []) listener({}, structuredClone(payload)); },
  });
  const strictly = (name, members) => new Proxy(members, {
    get(target, member) {
      if (!Object.hasOwn(target, member)) throw new Error('The stand-in for Electron has no ' + name + '.' + String(member) + '.');
      return target[member];
    },
  });
  const electron = strictly('electron', {
    contextBridge: strictly('contextBridge', {
      exposeInMainWorld: (name, api) => Object.defineProperty(globalThis, name, { value: exposed(api), enumerable: true, writable: false, configurable: false }),
    }),
    ipcRenderer: strictly('ipcRenderer', {
      invoke: async (channel, ...given) => {
        const answer = await ask({ channel, given: structuredClone(given) });
        if (answer.failed !== undefined) throw new Error(answer.failed);
        return answer.value;
      },
      on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); },
      removeListener: (channel, listener) => { listeners.set(channel, (listeners.get(channel) ?? []).filter((each) => each !== listener)); },
    }),
  });
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('A sandboxed preload cannot require ' + name + '.');
  };
  const module = { exports: {} };
  ((require, module, exports) => {
${preload}
  })(require, module, module.exports);
})();`;
}
