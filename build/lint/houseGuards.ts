// The rules of the house that no published ESLint plugin knows. Each guards one sentence of the architecture, and each is
// proven by tests/tidy/houseGuards.test.ts with a snippet that must be refused. A guard must never depend on types, so that it
// also works in an editor that has not finished loading them.
import type { ESLint, Rule } from 'eslint';

interface NamedNode {
  type: string;
  name?: string;
  value?: unknown;
}

function nameOf(node: unknown): string {
  const named = node as NamedNode;
  if (named.type === 'Identifier') return named.name ?? '';
  return typeof named.value === 'string' ? named.value : '';
}

function memberNames(node: Rule.Node): { object: string; property: string } | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const object = node.object.type === 'MemberExpression' ? nameOf(node.object.property) : nameOf(node.object);
  return { object, property: nameOf(node.property) };
}

/** Time and chance come in through ports; otherwise a simulated day cannot be replayed from its seed. */
const noAmbientClock: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      ambient: '{{what}} is the ambient clock or ambient chance: ask the port for it (clock, chance), so that a test can decide.',
    },
  },
  create(context) {
    function refuse(node: Rule.Node, what: string): void {
      context.report({ node, messageId: 'ambient', data: { what } });
    }
    return {
      MemberExpression(node) {
        const names = memberNames(node);
        if (names === undefined) return;
        if (names.object === 'Date' && names.property === 'now') refuse(node, 'Date.now');
        if (names.object === 'Math' && names.property === 'random') refuse(node, 'Math.random');
      },
      NewExpression(node) {
        if (nameOf(node.callee) === 'Date' && node.arguments.length === 0) refuse(node, 'new Date()');
      },
      CallExpression(node) {
        if (nameOf(node.callee) === 'Date') refuse(node, 'Date()');
      },
    };
  },
};

/** A counter operation is one synchronous transaction: an await inside it would let another write slip between fact and cash. */
const noAwaitInCommands: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { awaited: 'A command use case is one synchronous transaction: no async, no await, no promise chain here.' },
  },
  create(context) {
    function refuse(node: Rule.Node): void {
      context.report({ node, messageId: 'awaited' });
    }
    function refuseAsync(node: Rule.Node & { async?: boolean | undefined }): void {
      if (node.async === true) refuse(node);
    }
    return {
      AwaitExpression: refuse,
      FunctionDeclaration: refuseAsync,
      FunctionExpression: refuseAsync,
      ArrowFunctionExpression: refuseAsync,
      'ForOfStatement[await=true]': refuse,
      'CallExpression[callee.property.name="then"]': refuse,
    };
  },
};

/** Node runs the sources as they are, and Node does not guess a file's extension. */
const explicitExtension: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { bare: "'{{source}}' needs its extension: Node runs these sources directly and does not guess." },
  },
  create(context) {
    const known = /\.(?:ts|mts|cts|js|mjs|cjs|vue|json|css|svg|png|wasm)(?:\?\w+)?$/;
    function check(node: Rule.Node & { source?: unknown }): void {
      if (node.source === undefined || node.source === null) return;
      const source = nameOf(node.source);
      if (/^\.{1,2}(?:\/|$)/.test(source) && !known.test(source)) {
        context.report({ node, messageId: 'bare', data: { source } });
      }
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

/** Electron's dangerous members have one home each, where the checks stand beside them. */
const noRawElectron: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { raw: '{{what}} belongs to electron/host/ipcHost.ts or electron/shell/security.ts, where sender and address are checked.' },
  },
  create(context) {
    const verbs = new Set(['handle', 'handleOnce', 'on', 'once', 'addListener', 'removeHandler']);
    return {
      MemberExpression(node) {
        const names = memberNames(node);
        if (names === undefined) return;
        if (names.object === 'ipcMain' && verbs.has(names.property)) {
          context.report({ node, messageId: 'raw', data: { what: `ipcMain.${names.property}` } });
        }
        if (names.property === 'openExternal') context.report({ node, messageId: 'raw', data: { what: 'openExternal' } });
        if (names.object === 'webContents' && (names.property === 'send' || names.property === 'postMessage')) {
          context.report({ node, messageId: 'raw', data: { what: `webContents.${names.property}` } });
        }
      },
    };
  },
};

/** A file says at its head why it exists; the next reader should not have to guess. */
const opensWithComment: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { silent: 'The file opens without saying why it exists and what it must never do.' },
  },
  create(context) {
    return {
      Program(node) {
        // In a component the head may stand above the first block or as the first line of its script.
        const text = context.sourceCode.text.replace(/^#!.*\n/, '').trimStart();
        if (!/^(?:<script[^>]*>\s*)?(?:\/\/|\/\*|<!--)/.test(text)) context.report({ node, messageId: 'silent' });
      },
    };
  },
};

export const houseGuards: ESLint.Plugin = {
  meta: { name: 'house', version: '1.0.0' },
  rules: {
    'no-ambient-clock': noAmbientClock,
    'no-await-in-commands': noAwaitInCommands,
    'explicit-extension': explicitExtension,
    'no-raw-electron': noRawElectron,
    'opens-with-comment': opensWithComment,
  },
};
