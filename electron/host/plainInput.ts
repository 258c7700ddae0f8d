// Looks at what came over a transport before any schema does: plain data only, not too big and not too deep. It must never call anything
// on the value it looks at (no toJSON, no getters of classes), because a stranger may have made it.

const DEPTH_MOST = 12;
const PARTS_MOST = 20_000;
const TEXT_MOST = 262_144;

interface Waiting {
  readonly value: unknown;
  readonly depth: number;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm's Object.prototype is as good as ours; a class instance has a longer chain.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function membersOf(value: object): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (!isPlainObject(value)) return null;
  const members: unknown[] = [];
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    // An accessor would run a stranger's code; '__proto__' as an own member is only ever an attack.
    if (name === '__proto__' || !('value' in member)) return null;
    members.push(member.value);
  }
  return members;
}

export function isPlainInput(input: unknown): boolean {
  const waiting: Waiting[] = [{ value: input, depth: 0 }];
  let parts = 0;
  let text = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    parts += 1;
    if (parts > PARTS_MOST || depth > DEPTH_MOST) return false;
    switch (typeof value) {
      case 'undefined':
      case 'boolean':
        break;
      case 'number':
        if (!Number.isFinite(value)) return false;
        break;
      case 'string':
        text += value.length;
        if (text > TEXT_MOST) return false;
        break;
      case 'object': {
        if (value === null) break;
        const members = membersOf(value);
        if (members === null || members.length > PARTS_MOST) return false;
        for (const member of members) waiting.push({ value: member, depth: depth + 1 });
        break;
      }
      default:
        return false;
    }
  }
  return true;
}
