// The page that tells a true receipt from a changed one on any phone, with no network: one file, which carries the public keys of a branch's PCs. What
// it cannot know it says: only the branch's books know what became of the money since.

import { verify, hashes } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { fromBase32 } from '../../shared/kernel/base32.ts';
import { judgeCode, type DeviceKey, type Judged, type ToldByCode } from '../../shared/domain/receipts/receiptCode.ts';
import { dateText, moneyText } from '../../shared/domain/words/figures.ts';
import { codeReader } from './codeReader.ts';
import { LANGUAGES, wordsIn, type PhoneLanguage } from './phoneWords.ts';

interface Carried {
  readonly institution?: string;
  readonly officeName?: string;
  readonly practice?: boolean;
  readonly keys: readonly DeviceKey[];
}

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const GOOD: ReadonlySet<Judged['verdict']> = new Set<Judged['verdict']>(['real']);
const BAD: ReadonlySet<Judged['verdict']> = new Set<Judged['verdict']>(['changed']);

// Of the phone's own cryptography only some know this signature, and none where a file is opened from a folder.
hashes.sha512 = (message) => new Uint8Array(sha512(message));

function fits(text: string, signature: string, publicKey: string): boolean {
  const [signed, key] = [fromBase32(signature, SIGNATURE_BYTES), fromBase32(publicKey, KEY_BYTES)];
  // As strictly as the desk does: a signature is real at both or at neither.
  return signed !== null && key !== null && verify(signed, new TextEncoder().encode(text), key, { zip215: false });
}

function carried(): Carried {
  try {
    return JSON.parse(document.getElementById('keys')?.textContent ?? '') as Carried;
  } catch {
    return { keys: [] };
  }
}

function chosenLanguage(): PhoneLanguage {
  return LANGUAGES.find((each) => navigator.languages.some((of) => of.slice(0, 2) === each)) ?? 'en';
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  members: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), members);
  made.append(...children);
  return made;
}

const { institution = '', officeName = '', practice = false, keys } = carried();
const page = document.getElementById('page') ?? document.body;
let language = chosenLanguage();
let typed = '';
let judged: Judged | null = null;
let stopCamera: (() => void) | null = null;

function check(code: string): void {
  typed = code;
  judged = code.trim() === '' ? null : judgeCode(code, keys, fits);
  draw();
}

function told({ number, businessDate, kind, amountMinor, currency, officeCode, deviceCode }: ToldByCode): HTMLElement {
  const { say } = wordsIn(language);
  const rows = [
    [say('paper.number'), number],
    [say('paper.date'), dateText(businessDate, language, 'medium')],
    [say('paper.what'), say(`receipt.kind.${kind}`)],
    [say('paper.amount'), moneyText(amountMinor, currency, { language, country: null }, true)],
    [say('paper.device'), say('paper.deviceOf', { office: officeCode, device: deviceCode })],
  ];
  return element('dl', {}, ...rows.flatMap(([term = '', value = '']) => [element('dt', {}, term), element('dd', {}, value)]));
}

function verdictOf(found: Judged): HTMLElement {
  const { say } = wordsIn(language);
  const tone = GOOD.has(found.verdict) ? 'good' : BAD.has(found.verdict) ? 'bad' : '';
  const shown = element(
    'section',
    { id: 'verdict', className: tone },
    element('h2', {}, say(`paper.verdict.${found.verdict}.title`)),
    element('p', {}, say(`paper.verdict.${found.verdict}.text`)),
  );
  shown.setAttribute('role', 'status');
  shown.dataset['verdict'] = found.verdict;
  if ('told' in found) shown.append(told(found.told));
  if (found.verdict === 'real') shown.append(element('p', { className: 'quiet' }, say('paper.phone.cannotKnow')));
  return shown;
}

function draw(): void {
  const { say } = wordsIn(language);
  document.documentElement.lang = language;
  document.title = say('paper.phone.title');
  const text = element('textarea', { id: 'code', rows: 4, value: typed, spellcheck: false });
  const choice = element('select', { id: 'language' });
  choice.setAttribute('aria-label', say('paper.phone.language'));
  for (const each of LANGUAGES)
    choice.append(element('option', { value: each, selected: each === language }, wordsIn(each).say('languageName')));
  choice.addEventListener('change', () => {
    typed = text.value;
    language = LANGUAGES.find((each) => each === choice.value) ?? 'en';
    draw();
  });
  const press = element('button', { id: 'check', type: 'button' }, say('paper.phone.check'));
  press.addEventListener('click', () => check(text.value));
  page.replaceChildren(
    choice,
    element('h1', {}, say('paper.phone.title')),
    ...(practice ? [element('p', {}, say('paper.phone.practice'))] : []),
    keys.length === 0
      ? element('p', { id: 'no-keys' }, say('paper.phone.noKeys'))
      : element('p', { className: 'quiet' }, say('paper.phone.of', { institution, office: officeName })),
    element('label', { htmlFor: 'code' }, say('paper.phone.paste')),
    text,
    press,
    ...cameraDeeds(),
    ...(judged === null ? [] : [verdictOf(judged)]),
    ...(keys.length === 0
      ? []
      : [
          element(
            'p',
            { className: 'quiet' },
            say('paper.phone.keys', { devices: [...new Set(keys.map((key) => `${key.officeCode}-${key.deviceCode}`))].join(', ') }),
          ),
        ]),
  );
}

/** Where the phone reads squares itself; elsewhere its own camera program does, and the text is pasted. */
function cameraDeeds(): Node[] {
  const { say } = wordsIn(language);
  const reader = codeReader();
  if (reader === null) return [element('p', { className: 'quiet', id: 'no-camera' }, say('paper.phone.noCamera'))];
  const isOn = stopCamera !== null;
  const press = element('button', { id: 'camera', type: 'button' }, say(isOn ? 'paper.phone.stop' : 'paper.phone.camera'));
  const place = element('div', {});
  const end = (): void => {
    stopCamera?.();
    stopCamera = null;
  };
  press.addEventListener('click', () => {
    if (stopCamera !== null) {
      end();
      draw();
      return;
    }
    stopCamera = reader(
      place,
      (code) => {
        end();
        check(code);
      },
      () => {
        end();
        place.replaceChildren(element('p', { className: 'quiet' }, say('paper.phone.noCamera')));
      },
    );
    press.textContent = say('paper.phone.stop');
  });
  return [press, place];
}

draw();
