import { Command } from 'commander'
import { readersOf } from '../../policy/review/readers.ts'
import { cellText, pathsText } from './cell-text.ts'
import type { ReviewTools } from './review-tools.ts'

/** `who COORDINATE`: everyone who can reach a field, by every way. Exit 1 where nobody can. */
export function createWho({ rules, fieldOf, print, schema, ...graph }: ReviewTools): Command {
  const verb = new Command('who')
    .argument('<coordinate>')
    .description('everyone who can reach a field, under which conditions; exit 1 when nobody can')
    .option('--paths', 'every way through the graph: the shortest few from each root, and where others close')
    .option('--json')
  return verb.action((coordinate: string, { paths, json }: { paths?: boolean; json?: boolean }) => {
    const found = readersOf(fieldOf(coordinate, verb), { ...graph, rules: rules.rules, schema: schema() })
    const { everybody, readers } = found
    const text = () =>
      readers
        .map((one) => {
          const ways = `    ${one.open.length} ways open, ${one.closed.length} of the ${found.ways} shortest closed\n`
          const closed = one.closed.map(
            ({ path, at, decision }) =>
              `    x  ${path.join(' > ')}\n       closes at ${at}: ${decision.code} (${decision.rule})\n`,
          )
          return `${one.cells.map(cellText).join('')}${ways}${paths ? pathsText(one.open) + closed.join('') : ''}`
        })
        .join('\n') || `${everybody === null ? 'nobody' : `${coordinate}  ${everybody.en}`}\n`
    const brief = readers.map(({ caller, cells, open }) => ({ caller, cells, ways: open.length }))
    print(json, { coordinate, ...found, ...(paths ? {} : { readers: brief }) }, text)
    if (everybody === null && readers.every(({ open }) => open.length === 0)) process.exitCode = 1
  })
}
