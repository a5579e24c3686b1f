/** A place in a list that is ordered by time and then id; what a sealed cursor holds. */
export type Position = { at: string; key: string }

/** The cursor's text for a place. */
export function textFromPosition({ at, key }: Position): string {
  return `${at} ${key}`
}

/** The place a cursor's text stands for. */
export function positionFromText(text: string): Position {
  const [at = '', key = ''] = text.split(' ')
  return { at, key }
}
