import { createHash } from 'node:crypto'
import { problem } from '../../policy/errors.ts'
import type { Principal } from '../../policy/types.ts'
import type { SealedIds } from './types.ts'

/** A cursor is sealed and bound to caller, purpose, field and arguments: it opens nowhere else (design §3). */
export type Cursors = { seal: (position: string) => string; open: (cursor: string) => string }

/** Cursors of one list. `open` throws BAD_USER_INPUT for anything it did not seal. */
export function createCursors(
  ids: SealedIds,
  principal: Principal,
  coordinate: string,
  args: Readonly<Record<string, unknown>>,
): Cursors {
  const { first: _first, after: _after, ...rest } = args
  const bound = createHash('sha256')
    .update(JSON.stringify([principal.audience, principal.purpose, coordinate, rest]))
    .digest('base64url')
  return {
    seal: (position) => ids.seal('Cursor', position, bound),
    open: (cursor) => {
      const position = ids.open(cursor, 'Cursor', bound)
      if (position === null)
        throw problem('BAD_USER_INPUT', { vi: 'con trỏ trang không hợp lệ', en: 'the page cursor is not valid here' })
      return position
    },
  }
}

/** The page size asked for: 20 unless said, 1 to 100. Throws BAD_USER_INPUT otherwise. */
export function pageSizeFrom(first: unknown): number {
  const size = first ?? 20
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > 100)
    throw problem('BAD_USER_INPUT', { vi: 'cỡ trang phải từ 1 đến 100', en: 'a page holds 1 to 100 rows' })
  return size
}
