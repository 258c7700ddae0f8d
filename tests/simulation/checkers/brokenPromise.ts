// What a checker throws: which promise broke, and where that shows. The title is short and stable, so that a shrunk run can be told to break
// the same promise as the whole one.

export class BrokenPromise extends Error {
  readonly title: string;

  constructor(title: string, detail: string) {
    super(`${title}: ${detail}`);
    this.name = 'BrokenPromise';
    this.title = title;
  }
}

export function holds(condition: boolean, title: string, detail: string): void {
  if (!condition) throw new BrokenPromise(title, detail);
}
