/**
 * An object that holds nothing and inherits nothing, for keys that a client chooses (`__proto__`, `constructor`). Unlike
 * `Object.create(null)` it stays quick to write, read and turn into JSON.
 */
export const bareObject: () => Record<string, unknown> = () => new Bare()

function BareObject(): void {}
BareObject.prototype = Object.freeze(Object.create(null))
const Bare = BareObject as unknown as new () => Record<string, unknown>
