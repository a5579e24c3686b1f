import { types } from 'pg'
import type { CustomTypesConfig } from 'pg'

const { builtins } = types
/** `text[]`; widened, as the typings list no array type. */
const textArray: number = 1009

/** Types that arrive otherwise than pg gives them, with the type of their arrays. */
const scalars: readonly { type: number; array: number; parse: (text: string) => unknown }[] = [
  { type: builtins.DATE, array: 1182, parse: (text) => text },
  { type: builtins.TIMESTAMP, array: 1115, parse: (text) => text },
  { type: builtins.TIMESTAMPTZ, array: 1185, parse: isoFromTimestamp },
  { type: builtins.INT8, array: 1016, parse: exactNumber },
  { type: builtins.NUMERIC, array: 1231, parse: exactNumber },
]

const parsers = new Map<number, (text: string) => unknown>(
  scalars.flatMap(({ type, array, parse }) => [
    [type, parse],
    [array, (text: string) => elements(text).map((item) => (item === null ? null : parse(item)))],
  ]),
)

/**
 * How columns become values, for one pool alone: `date` is `YYYY-MM-DD`, `timestamptz` ISO 8601 in UTC (milliseconds),
 * `bigint` and `numeric` a number where that is an exact integer and else the text, so that no digit is ever lost.
 */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || types.getTypeParser(oid, format as 'text'),
}

/** `infinity` has no form in ISO 8601 and stays as it is. */
function isoFromTimestamp(text: string): string {
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? text : time.toISOString()
}

function exactNumber(text: string): number | string {
  if (!/^-?\d+$/.test(text)) return text
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

function elements(text: string): (string | null)[] {
  return types.getTypeParser(textArray, 'text')(text) as (string | null)[]
}
