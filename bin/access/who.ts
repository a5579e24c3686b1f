import { Command } from 'commander'
import { cellText } from './cell-text.ts'
import type { ReviewTools } from './review-tools.ts'

/** `who COORDINATE`: everyone who can reach a field. */
export function createWho({ cells, fieldOf, print }: ReviewTools): Command {
  const verb = new Command('who')
    .argument('<coordinate>')
    .description('everyone who can reach a field, and under which conditions')
    .option('--json')
  return verb.action((coordinate: string, { json }: { json?: boolean }) => {
    fieldOf(coordinate, verb)
    const found = cells().filter((cell) => cell.coordinate === coordinate && cell.outcome !== 'DENY')
    print(json, found, () => found.map(cellText).join('') || 'nobody\n')
  })
}
