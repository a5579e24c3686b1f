import { Command } from 'commander'
import { askerOfClass } from '../../policy/review/asker.ts'
import { graphPaths } from '../../policy/review/graph-paths.ts'
import { reachOf } from '../../policy/review/reachable.ts'
import { cellText, pathsText } from './cell-text.ts'
import type { ReviewTools } from './review-tools.ts'

/** `who COORDINATE`: everyone who can reach a field, by every way. Exit 1 where nobody can. */
export function createWho({ cells, callers, rules, purposes, fieldOf, print, schema, ...graph }: ReviewTools): Command {
  const verb = new Command('who')
    .argument('<coordinate>')
    .description('everyone who can reach a field, under which conditions; exit 1 when nobody can')
    .option('--paths', 'every way through the graph: the shortest few from each root, and where others close')
    .option('--json')
  return verb.action((coordinate: string, { paths, json }: { paths?: boolean; json?: boolean }) => {
    const field = fieldOf(coordinate, verb)
    if (field.level === 'L0' || field.structure) {
      const why = field.structure ? 'whoever reaches what it stands on' : 'everybody: open data (L0)'
      return print(json, { coordinate, everybody: why }, () => `${coordinate}  ${why}\n`)
    }
    const all = graphPaths(schema()).get(coordinate) ?? []
    const ofField = cells().filter((cell) => cell.coordinate === coordinate && cell.outcome !== 'DENY')
    const found = callers
      .filter(({ name }) => ofField.some(({ caller }) => caller === name))
      .map((callerClass) => {
        const reach = reachOf(rules.rules, askerOfClass(callerClass, purposes), { ...graph, schema: schema() })
        const closed = all.flatMap((path) => reach.closes(path) ?? [])
        const granted = ofField.filter(({ caller }) => caller === callerClass.name)
        return { caller: callerClass.name, cells: granted, open: reach.openTo(coordinate), closed }
      })
    const text = () =>
      found
        .map((one) => {
          const ways = `    ${one.open.length} ways open, ${one.closed.length} of the ${all.length} shortest closed\n`
          const closed = one.closed.map(
            ({ path, at, decision }) =>
              `    x  ${path.join(' > ')}\n       closes at ${at}: ${decision.code} (${decision.rule})\n`,
          )
          return `${one.cells.map(cellText).join('')}${ways}${paths ? pathsText(one.open) + closed.join('') : ''}`
        })
        .join('\n') || 'nobody\n'
    print(json, paths ? found : found.map(({ closed: _closed, open, ...one }) => ({ ...one, ways: open.length })), text)
    if (found.every(({ open }) => open.length === 0)) process.exitCode = 1
  })
}
