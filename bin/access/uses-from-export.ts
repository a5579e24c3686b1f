import { z } from 'zod'
import { exportTitle, lineFromText } from '../../evidence/export-lines.ts'
import type { Use } from '../../policy/review/unused-rights.ts'

const body = z.looseObject({
  at: z.string(),
  purpose: z.string().nullable(),
  caller: z.looseObject({
    kind: z.string(),
    organisation: z.string().nullable(),
    roles: z.array(z.string()),
    actor: z.string().nullable(),
  }),
})
const entry = z.looseObject({
  coordinates: z.array(z.string()),
  outcome: z.enum(['ALLOW', 'MASK', 'VERIFY_ONLY', 'AGGREGATE_ONLY', 'DENY']),
  rule: z.string(),
})

/**
 * What an export of the disclosure log shows of rights in use. Throws on a line that is none; whether the export is whole
 * and true, `log verify` says.
 */
export async function* usesFromExport(lines: AsyncIterable<string>): AsyncIterable<Use> {
  const writers: string[] = []
  let number = 0
  for await (const text of lines) {
    number += 1
    if (number === 1 && text === exportTitle) continue
    const line = lineFromText(text, (index) => writers[index - 1])
    if (line === null || number === 1) throw new Error(`line ${number} is not of an export of the log`)
    if (line.kind === 'writer') writers.push(line.writer)
    if (line.kind !== 'leaf' || line.body === null) continue
    const { at, purpose, caller } = body.parse(JSON.parse(line.body))
    const { kind, organisation, roles, actor } = caller
    for (const told of line.entries) {
      if (told === null) continue
      const { coordinates, outcome, rule } = entry.parse(JSON.parse(told))
      yield { at, kind, organisation, roles, delegated: actor !== null, purpose, coordinates, outcome, rule }
    }
  }
}
