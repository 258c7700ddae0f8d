// A text that people take along as a file: the desktop asks where to put it, a browser puts it where its downloads lie.

/** How long the file's address has to live after the press. */
const HELD_MS = 60_000;

export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), HELD_MS);
}
