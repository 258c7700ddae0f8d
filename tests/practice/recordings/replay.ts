// Plays the recordings against an empty practice tenant, in the order in which they were run, and tells for each exchange
// how practice's answer differs from the recorded one. The clock stands on the day of the recordings.
import { createPracticeHeadOffice, type PracticeHeadOffice } from '../../../electron/practice/createPracticeHeadOffice.ts';
import { allowanceOf, isCompared } from './allowances.ts';
import { type Answer, compareAnswers, type Difference } from './compareAnswers.ts';
import { createIdentities, type Identities } from './identities.ts';
import { multipartOf } from './multipart.ts';
import { recordedExchanges, type RecordedExchange, recordedSections } from './recordedExchanges.ts';
import { authorizationOf, passwordsPutBack } from './redacted.ts';

export interface Played {
  exchange: RecordedExchange;
  /** '15/audit.waiting' */
  name: string;
  answer: Answer;
  differences: Difference[];
  verdict: Verdict;
}

export type Verdict = 'equal' | 'status' | 'shape' | 'missing' | 'notCompared';
export type Counts = Record<Verdict, number>;

const RECORDED_AT_MS = Date.UTC(2026, 10, 28, 13, 3, 0);
const STEP_MS = 90;

/** Content types were not kept: text that was refused as such, and pictures, were sent as plain text. */
function contentTypeOf(exchange: RecordedExchange): string {
  if (exchange.request.text === undefined) return 'application/json';
  return exchange.response.status === 415 || exchange.request.path.endsWith('/images') ? 'text/plain' : 'application/json';
}

function wasRefused({ response }: RecordedExchange): boolean {
  const items = Array.isArray(response.body) ? (response.body as { statusCode?: number }[]) : [];
  return response.status !== 200 || items.some((item) => (item.statusCode ?? 200) !== 200);
}

function parsed(body: string): unknown {
  if (body === '') return '';
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

/** What was done to the recorded server behind its API, done to practice by its control, before the exchange of the name. */
const LEVERS: Readonly<Record<string, (practice: PracticeHeadOffice, identities: Identities) => void>> = {
  '23/processing.same.key': ({ control }) => {
    control.leaveUnderProcessing('up1-kf8rbw');
  },
  ...Object.fromEntries(
    (
      [
        ['conflict.3', 'cf3'],
        ['conflict.6', 'cf6'],
        ['conflict.deposit.3', 'cd3'],
        ['conflict.deposit.4', 'cd4'],
      ] as const
    ).map(([name, key]) => [
      `23/${name}`,
      ({ control }: PracticeHeadOffice): void => {
        control.answerKey(`${key}-kf8rbw`, 409);
      },
    ]),
  ),
  '23/lock.repay': ({ control }, identities) => {
    control.lockLoan(Number(identities.toPractice('loan', 30)));
  },
  '23/lock.gone.same.key': ({ control }, identities) => {
    control.lockLoan(Number(identities.toPractice('loan', 30)), false);
  },
  '23/outdated.login': ({ control }) => {
    control.outdatePassword('grace');
  },
  '23/disabled.login': ({ control }) => {
    control.setUserDisabled('nobody', true);
  },
};

/** Every section up to and with the last one asked for; a section stands on those before it. */
export function replayRecordings(last = recordedSections.at(-1) ?? ''): Map<string, Played[]> {
  let nowMs = RECORDED_AT_MS;
  const practice = createPracticeHeadOffice({ file: ':memory:', now: () => nowMs, tenant: 'empty', zone: 'Africa/Nairobi' });
  const identities = createIdentities();
  const bySection = new Map<string, Played[]>();
  try {
    for (const section of recordedSections) {
      const number = section.slice(0, 2);
      const played: Played[] = [];
      for (const exchange of recordedExchanges(section)) {
        nowMs += STEP_MS;
        const name = `${number}/${exchange.name}`;
        const { request, response } = exchange;
        // What lost against another at the same moment left nothing behind, and must not here either.
        if (!isCompared(name) && wasRefused(exchange)) {
          played.push({ exchange, name, answer: { ...response, body: response.body }, differences: [], verdict: 'notCompared' });
          continue;
        }
        LEVERS[name]?.(practice, identities);
        const parts = multipartOf(request.body);
        const headers: Record<string, string> = { 'content-type': parts?.contentType ?? contentTypeOf(exchange) };
        const authorization = authorizationOf(name, request.user);
        if (authorization !== null) headers['authorization'] = authorization;
        const tenant = request.tenant === undefined ? (name === '01/get.tenant.empty' ? '' : 'default') : request.tenant;
        if (tenant !== null) headers['fineract-platform-tenantid'] = tenant;
        if (request.idempotencyKey !== undefined) headers['idempotency-key'] = request.idempotencyKey;
        for (const [header, value] of Object.entries(request.headers ?? {})) headers[header.toLowerCase()] = value.trim();
        const body = request.body === undefined ? null : identities.bodyToPractice(passwordsPutBack(name, request.body));
        const reply = practice.handle({
          method: request.method,
          url: identities.pathToPractice(request.path).replace('tenantIdentifier=diff', 'tenantIdentifier=default'),
          headers,
          body: parts?.body ?? request.text ?? (body === null ? null : JSON.stringify(body)),
        });
        const answer: Answer = { status: reply.status, headers: reply.headers, body: parsed(reply.body) };
        const recorded = {
          status: response.status,
          headers: response.headers,
          body: response.body ?? '',
          cutArrays: response.cutArrays ?? {},
        };
        const found = compareAnswers({ ...request, body }, recorded, answer, identities);
        const isPlain = isCompared(name);
        const differences = isPlain ? found.filter((each) => allowanceOf(name, each.path) === null) : [];
        const verdict: Verdict = !isPlain
          ? 'notCompared'
          : ((['missing', 'status', 'shape'] as const).find((kind) => differences.some((each) => each.kind === kind)) ?? 'equal');
        played.push({ exchange, name, answer, differences, verdict });
      }
      bySection.set(section, played);
      if (section === last) break;
    }
  } finally {
    practice.close();
  }
  return bySection;
}

export function countsOf(played: readonly Played[]): Counts {
  const counts: Counts = { equal: 0, status: 0, shape: 0, missing: 0, notCompared: 0 };
  for (const each of played) counts[each.verdict] += 1;
  return counts;
}

type Wrong = Pick<Counts, 'missing' | 'status' | 'shape'>;

/** What was missing may be answered wrongly first, and what had a wrong code may then differ in shape; never the other way. */
export function isNoWorse(now: Wrong, before: Wrong): boolean {
  return (
    now.missing <= before.missing &&
    now.missing + now.status <= before.missing + before.status &&
    now.missing + now.status + now.shape <= before.missing + before.status + before.shape
  );
}
