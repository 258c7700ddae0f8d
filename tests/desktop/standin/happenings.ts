// Events as Electron's objects emit them, but only those that the stand-in really brings about: listening for another one throws, because
// it would never come.

type Listener = (...facts: never[]) => void;

/** An event whose default can be prevented, as Electron's are. */
export class Happening {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

export class Happenings {
  readonly #name: string;
  readonly #known: ReadonlySet<string>;
  readonly #listeners: { readonly event: string; readonly listener: Listener; readonly once: boolean }[] = [];

  constructor(name: string, known: readonly string[]) {
    this.#name = name;
    this.#known = new Set(known);
  }

  add(event: string, listener: Listener, once = false): void {
    if (!this.#known.has(event)) throw new Error(`The stand-in for Electron never emits '${event}' on ${this.#name}.`);
    this.#listeners.push({ event, listener, once });
  }

  emit(event: string, ...facts: unknown[]): void {
    for (const entry of this.#listeners.filter((each) => each.event === event)) {
      if (entry.once) this.#listeners.splice(this.#listeners.indexOf(entry), 1);
      entry.listener(...(facts as never[]));
    }
  }
}
