import { writeFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { matrixCsv } from '../../policy/review/matrix-csv.ts'
import { matrixHtml } from '../../policy/review/matrix-html.ts'
import type { ReviewTools } from './review-tools.ts'

type Format = 'csv' | 'json' | 'html' | 'xlsx'
type Options = { format: Format; out?: string; json?: boolean }

/** `matrix`: every way to every field. */
export function createMatrix({ cells, rules, schemaHash, write }: ReviewTools): Command {
  const texts: Readonly<Record<Format, () => string | Promise<Buffer>>> = {
    csv: () => matrixCsv(cells()),
    json: () => `${JSON.stringify(cells(), null, 2)}\n`,
    html: () => matrixHtml(cells(), { bundleHash: rules.hash, schemaHash }),
    // Loaded where it is asked for: the other verbs start without it.
    xlsx: async () => (await import('../../policy/review/matrix-xlsx.ts')).matrixXlsx(cells()),
  }
  const verb = new Command('matrix')
    .description(
      'every way to every field: caller, purpose, outcome, level, rule, law and conditions. Exit 0: it judges nothing',
    )
    .addOption(new Option('--format <format>').choices(['csv', 'json', 'html', 'xlsx']).default('csv'))
    .option('--out <file>', 'writes there; xlsx needs it')
    .option('--json', 'the same as --format json')
  return verb.action(async ({ format, out, json }: Options) => {
    const chosen = json ? 'json' : format
    if (chosen === 'xlsx' && out === undefined) verb.error('xlsx is no text: name a file with --out', { exitCode: 2 })
    const made = await texts[chosen]()
    if (out === undefined) write(made)
    else writeFileSync(out, made)
  })
}
