import type { RequestScope } from '../../policy/request-scope.ts'
import type { SealedIds } from './types.ts'

/**
 * Ids as one request sees them: what one of its fetches sealed, the next need not open. Where none is shown, a citizen's
 * is a number that means nothing outside this request.
 */
export function scopedIds(ids: SealedIds, scope: RequestScope): SealedIds {
  const { sealed } = scope
  return {
    typeOf: ids.typeOf,
    seal: (type, key, audience) => {
      const name = JSON.stringify([type, key, audience])
      const known = sealed.get(name)
      if (known !== undefined) return known
      const isHidden = scope.hidesIds && type === 'Citizen'
      const id = isHidden ? `${type} ${sealed.size}` : ids.seal(type, key, audience)
      sealed.set(name, id).set(JSON.stringify([type, audience, id, '']), key)
      return id
    },
    open: (id, type, audience) => sealed.get(JSON.stringify([type, audience, id, ''])) ?? ids.open(id, type, audience),
  }
}
