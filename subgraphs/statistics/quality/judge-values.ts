/** What one database holds of somebody in one field, as a hash of this run. */
export type Held = { database: string; value: string }

/**
 * The databases that disagree: those that hold something else than most. A number given at birth counts as one more
 * voice for the year of birth. Where as many say one thing as another, the number is right, else the population
 * database, whose data others take over; where neither speaks for any of them, all who differ are to be looked at.
 */
export function judgeValues(held: readonly Held[], number: string | null): string[] {
  const voices = [...held.map(({ value }) => value), ...(number === null ? [] : [number])]
  if (voices.every((value) => value === voices[0])) return []
  const counts = Map.groupBy(voices, (value) => value)
  const most = Math.max(...[...counts.values()].map(({ length }) => length))
  const likely = [...counts].filter(([, { length }]) => length === most).map(([value]) => value)
  const preferred = [number, held.find(({ database }) => database === 'population')?.value]
  const right = likely.length === 1 ? likely[0] : preferred.find((value) => value != null && likely.includes(value))
  return held.filter(({ value }) => value !== right).map(({ database }) => database)
}
