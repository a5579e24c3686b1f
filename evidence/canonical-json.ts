/** What canonical JSON can hold; `undefined` has no form. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/**
 * The one JSON text of a value (RFC 8785: members sorted by UTF-16 code units, numbers and strings as ECMAScript
 * writes them, no white space), so that a hash or signature over it can be computed again anywhere. Throws a TypeError
 * on a number that is not finite and on lone surrogates, which have no UTF-8 form.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('only a finite number is JSON')
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('a lone surrogate has no UTF-8 form')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`).join(',')}}`
}

/** True where the text is the canonical form of what it says: nothing can be read out of it in two ways. */
export function isCanonical(text: string, value: Json): boolean {
  return JSON.stringify(value) === text && isSorted(value)
}

function isSorted(value: Json): boolean {
  if (value === null || typeof value !== 'object') return true
  if (isList(value)) return value.every(isSorted)
  let last = ''
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (key < last || (typeof member === 'object' && !isSorted(member))) return false
    last = key
  }
  return true
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}
