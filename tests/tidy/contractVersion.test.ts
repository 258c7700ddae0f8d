// A page and a branch of different versions may meet on a branch's network. So every change of the contract's shape gets a new
// CONTRACT_VERSION and a line in its history, and this test notices when somebody forgot. The failing message says the line.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CONTRACT_VERSION, branchContract } from '../../shared/contract/branchContract.ts';
import { COMMON_REFUSALS } from '../../shared/contract/define.ts';
import type { Method } from '../../shared/contract/define.ts';
import { canonicalJson } from '../../shared/kernel/canonicalJson.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import { jsonOf } from './projectFiles.ts';

interface Entry {
  readonly version: number;
  readonly hash: string;
  readonly change: string;
}

const history = jsonOf('shared/contract/contract-history.json') as readonly Entry[];

function shapeOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }))) as Json;
}

function contractShape(): Json {
  const nouns = Object.entries(branchContract).map(([noun, methods]) => {
    const verbs = Object.entries(methods as Readonly<Record<string, Method>>).map(([verb, method]): [string, Json] => [
      verb,
      {
        kind: method.kind,
        permission: method.permission,
        input: shapeOf(method.input, 'input'),
        output: shapeOf(method.output, 'output'),
        refusals: [...method.refusals].sort(),
      },
    ]);
    return [noun, Object.fromEntries(verbs)] as const;
  });
  return { methods: Object.fromEntries(nouns), commonRefusals: [...COMMON_REFUSALS].sort() };
}

test('the contract is the one its version stands for', () => {
  const hash = createHash('sha256').update(canonicalJson(contractShape())).digest('hex').slice(0, 32);
  const last = history.at(-1);
  const wanted = `if it was released, raise CONTRACT_VERSION; the last line of contract-history.json should carry "hash": "${hash}"`;
  expect(last?.hash, wanted).toBe(hash);
  expect(last?.version, 'the last line of contract-history.json is not of CONTRACT_VERSION').toBe(CONTRACT_VERSION);
});

test('the history counts up by one and says what changed', () => {
  expect(history.map((entry) => entry.version)).toEqual(history.map((_, index) => index + 1));
  expect(history.filter((entry) => entry.change.trim().length < 10)).toEqual([]);
  expect(new Set(history.map((entry) => entry.hash)).size).toBe(history.length);
});
