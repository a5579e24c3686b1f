import fc from 'fast-check'

/** A way to write down some fields of one object. */
export type Writing = {
  /** A selection, with braces. */
  selection: string
  /** Named fragments that it spreads. */
  fragments: string
  /** Field by response key, of what is to be answered. */
  answered: Readonly<Record<string, string>>
  /** Response keys that a condition leaves out. */
  leftOut: readonly string[]
}

/** The values of the variables that conditions use. */
const values = { yes: true, no: false }

/** The writing below a root field, as a whole query with what variables it needs. */
export function queryOf(root: string, { selection, fragments }: Writing) {
  const text = `{ ${root} ${selection} } ${fragments}`
  const used = Object.entries(values).filter(([name]) => text.includes(`$${name}`))
  const definitions = used.map(([name]) => `$${name}: Boolean!`).join(' ')
  return { query: `query ${definitions && `(${definitions})`} ${text}`, variables: Object.fromEntries(used) }
}

const kept = ['', '', '@include(if: true)', '@include(if: $yes)', '@skip(if: false)', '@skip(if: $no)']
const dropped = ['@include(if: false)', '@include(if: $no)', '@skip(if: true)', '@skip(if: $yes)']

/**
 * Fields of a type under keys of their own or each other's, in fragments with a name, a type, a condition or none, in any
 * order; some left out by a condition.
 */
export function arbitraryWriting(type: string, fields: readonly string[]): fc.Arbitrary<Writing> {
  return fc
    .record({
      chosen: fc.shuffledSubarray([...fields], { minLength: 2, maxLength: 6 }),
      keys: fc.constantFrom('own', 'swapped', 'made up'),
      places: fc.array(fc.record({ wrap: fc.constantFrom('none', 'bare', 'typed', 'named'), condition: condition() }), {
        minLength: 6,
        maxLength: 6,
      }),
    })
    .map(({ chosen, keys, places }) => {
      const parts = chosen.map((field, index) => {
        const swapped = chosen[(index + 1) % chosen.length] ?? field
        const key = keys === 'own' ? field : keys === 'swapped' ? swapped : `k${index}`
        const { wrap = 'none', condition: directive = '' } = places[index] ?? {}
        return { field, key, ...written(type, key === field ? field : `${key}: ${field}`, wrap, directive, index) }
      })
      const isLeftOut = (_: unknown, index: number) => dropped.includes(places[index]?.condition ?? '')
      return {
        selection: `{ ${parts.map(({ text }) => text).join(' ')} }`,
        fragments: parts.map(({ fragment }) => fragment).join(' '),
        answered: Object.fromEntries(
          parts.filter((part, index) => !isLeftOut(part, index)).map(({ key, field }) => [key, field]),
        ),
        leftOut: parts.filter(isLeftOut).map(({ key }) => key),
      }
    })
}

const condition = () => fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...kept) }, fc.constantFrom(...dropped))

function written(type: string, field: string, wrap: string, directive: string, index: number) {
  if (wrap === 'bare') return { text: `... ${directive} { ${field} }`, fragment: '' }
  if (wrap === 'typed') return { text: `... on ${type} ${directive} { ${field} }`, fragment: '' }
  if (wrap === 'named')
    return { text: `...F${index} ${directive}`, fragment: `fragment F${index} on ${type} { ... { ${field} } }` }
  return { text: `${field} ${directive}`, fragment: '' }
}
