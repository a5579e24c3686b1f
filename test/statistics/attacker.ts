import { createRequire } from 'node:module'
import type { Highs } from 'highs'

/** A number the attacker does not know, between two it does. */
export type Unknown = { low: number; high: number }

/** What the attacker knows of some of them: their sum, with signs, lies between two numbers. */
export type Known = { terms: readonly { of: string; times: 1 | -1 }[]; low: number; high: number }

/** Those of the names that can have one value alone, given everything known. */
export type Attacker = (
  unknowns: ReadonlyMap<string, Unknown>,
  known: readonly Known[],
  names: readonly string[],
) => string[]

/** Its types speak of CommonJS alone. */
const createHighs = createRequire(import.meta.url)('highs') as () => Promise<Highs>

/** An attacker with an integer linear program (HiGHS): what it cannot pin down, no adding and subtracting can. */
export async function createAttacker(): Promise<Attacker> {
  const highs = await createHighs()
  return (unknowns, known, names) => {
    const columns = new Map([...unknowns.keys()].map((name, index) => [name, `x${index}`]))
    const sumOf = (terms: Known['terms']) =>
      terms.map(({ of, times }) => `${times === 1 ? '+' : '-'} ${columns.get(of)}`).join(' ')
    const rest = [
      'Subject To',
      ...known.flatMap(({ terms, low, high }, index) => [
        ` l${index}: ${sumOf(terms)} >= ${low}`,
        ` h${index}: ${sumOf(terms)} <= ${high}`,
      ]),
      'Bounds',
      ...[...unknowns].map(([name, { low, high }]) => ` ${low} <= ${columns.get(name)} <= ${high}`),
      'General',
      ` ${[...columns.values()].join(' ')}`,
      'End',
    ].join('\n')
    /** Of these names, those that are the same where their sum is least as where it is most. */
    const unmoved = (of: readonly string[]): string[] => {
      const aim = ` aim: ${of.map((name) => `+ ${columns.get(name)}`).join(' ')}`
      const [least, most] = ['Minimize', 'Maximize'].map((which) => solve(highs, `${which}\n${aim}\n${rest}`))
      return of.filter((name) => least?.get(columns.get(name) ?? '') === most?.get(columns.get(name) ?? ''))
    }
    let open = names
    while (open.length > 1) {
      const still = unmoved(open)
      if (still.length === open.length) break
      open = still
    }
    return open.filter((name) => unmoved([name]).length === 1)
  }
}

function solve(highs: Highs, program: string): Map<string, number> {
  const solution = highs.solve(program)
  if (solution.Status !== 'Optimal') throw new Error(`the program is ${solution.Status}`)
  return new Map(Object.entries(solution.Columns).map(([column, { Primal }]) => [column, Math.round(Number(Primal))]))
}
