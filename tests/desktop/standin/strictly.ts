// A stand-in that quietly lacks a member would let a mistake pass, so whatever it does not implement throws the moment it is touched.

/** Members that the language or a console asks every object for. */
const ASKED_OF_ANYTHING = new Set(['then', 'toJSON', 'constructor', '$$typeof', 'nodeType', 'asymmetricMatch']);

export function strictly<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, member, receiver) {
      if (typeof member === 'string' && !(member in target) && !ASKED_OF_ANYTHING.has(member)) {
        throw new Error(`The stand-in for Electron has no ${name}.${member}.`);
      }
      return Reflect.get(target, member, receiver) as unknown;
    },
    set(_target, member) {
      throw new Error(`The stand-in for Electron does not let ${name}.${String(member)} be set.`);
    },
  });
}
