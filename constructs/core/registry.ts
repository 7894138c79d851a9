import { isToken } from "./token";

/**
 * Values that the library keeps for objects of a public interface, outside of the objects, so that users who implement the interface
 * need not provide them.
 *
 * The id of an object that this app creates is a token, and identifies it also when another object passes it on. Any other id
 * identifies nothing, because two accounts may have the same one: then the object itself is the key.
 */
export class Registry<K extends object, T> {
  private readonly values = new WeakMap<object, Map<string, T>>();

  constructor(private readonly create: (key: K) => T) {}

  /** The value of an object, created at the first call; `root` is the root of the tree in which the id is valid. */
  of(key: K, id: string, root: object): T {
    const owner = isToken(id) ? root : key;
    const values = this.values.get(owner) ?? new Map<string, T>();
    this.values.set(owner, values);
    const value = values.get(id) ?? this.create(key);
    values.set(id, value);
    return value;
  }
}
