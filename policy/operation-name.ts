/**
 * The name of an operation as it is kept in records. A client chooses it, so it is kept only in the form of a name and
 * without a run of digits that could be somebody's number; null otherwise. A fetch of a plan is named after the operation
 * it is part of (`Name__subgraph__0`) and is recorded by that.
 */
export function recordedOperation(name: string | null): string | null {
  const own = name?.replace(/__[a-z_]+__\d{1,4}$/, '') ?? ''
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(own) && !/\d{9}/.test(own) ? own : null
}
