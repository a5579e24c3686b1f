/**
 * The names in Vietnamese order (family name, middle names, given name) that somebody may mean who typed this: as it
 * stands; with the family name last ("Văn An Nguyễn"); with the given name first ("An Nguyễn Văn"); and wholly reversed
 * ("An Văn Nguyễn"). After a comma stands what follows the family name, and nothing else is meant ("Nguyễn, Văn An"). No
 * other order is: "Trần Minh Anh" and "Trần Anh Minh" are two people. Never empty; at most four.
 */
export function nameOrders(typed: string): string[] {
  const [family = '', rest] = typed.split(',').map((part) => part.trim())
  if (rest !== undefined) return [`${family} ${rest}`.trim()]
  const syllables = family.split(/\s+/)
  const first = syllables.slice(0, 1)
  const last = syllables.slice(-1)
  const meant = [
    syllables,
    [...last, ...syllables.slice(0, -1)],
    [...syllables.slice(1), ...first],
    syllables.toReversed(),
  ]
  return [...new Set(meant.map((order) => order.join(' ')))]
}
