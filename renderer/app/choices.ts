// What a person chose for this PC's screen: language and light or dark. Nothing about clients or money is ever kept here.

export const LANGUAGES = ['en', 'es', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LOOKS = ['system', 'light', 'dark'] as const;
export type Look = (typeof LOOKS)[number];

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // A browser that refuses storage still gets a working page.
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}

export function chosenLanguage(): Language {
  const kept = read('tawi.language');
  const wanted = kept ?? navigator.language.slice(0, 2);
  return LANGUAGES.find((language) => language === wanted) ?? 'en';
}

export function keepLanguage(language: Language): void {
  write('tawi.language', language);
  document.documentElement.lang = language;
}

export function chosenLook(): Look {
  const kept = read('tawi.look');
  return LOOKS.find((look) => look === kept) ?? 'system';
}

export function keepLook(look: Look): void {
  write('tawi.look', look);
}

/** Whether paper comes by itself after a post. Off until somebody says that a printer stands at this PC: a page cannot know. */
export function printsAfterPost(): boolean {
  return read('tawi.printsAfterPost') === 'yes';
}

export function keepPrintsAfterPost(wanted: boolean): void {
  write('tawi.printsAfterPost', wanted ? 'yes' : 'no');
}

/** The camera that was used last at this PC; empty for whichever the browser offers. */
export function chosenCamera(): string {
  return read('tawi.camera') ?? '';
}

export function keepCamera(id: string): void {
  write('tawi.camera', id);
}
