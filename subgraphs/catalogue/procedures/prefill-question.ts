/** Whom a question is about: the citizen who asks, or whoever has the number in `$personalId`. */
export type Asked = 'SELF' | 'BY_NUMBER'

/** The one operation that reads these ways from a citizen; every value is then decided on, masked and logged as any read. */
export function prefillQuestion(ways: readonly string[], asked: Asked): string {
  const selected = selection(ways.map((way) => way.split('.')))
  return asked === 'SELF'
    ? `query Prefill { person: me${selected} }`
    : `query Prefill($personalId: PersonalId!) { person: citizen(personalId: $personalId)${selected} }`
}

function selection(ways: readonly (readonly string[])[]): string {
  const further = Map.groupBy(
    ways.filter((way) => way.length > 0),
    ([first = '']) => first,
  )
  if (further.size === 0) return ''
  return ` { ${[...further].map(([name, inside]) => name + selection(inside.map((way) => way.slice(1)))).join(' ')} }`
}
