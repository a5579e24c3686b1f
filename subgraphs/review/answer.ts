import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import type { SentOperation } from '../../policy/operation/read-operation.ts'
import type { Asker } from '../../policy/review/asker.ts'
import { callerClasses } from '../../policy/review/caller-classes.ts'
import { reachedCells, type ReachedCell } from '../../policy/review/reached-cells.ts'
import { readersOf, type Readers } from '../../policy/review/readers.ts'
import { simulate, type Simulation } from '../../policy/review/simulate.ts'
import type { Project } from './project-in-force.ts'

/** What is asked of the whole graph. */
export type Question =
  | { ask: 'readers'; coordinate: string }
  | { ask: 'reach'; name: string; asker: Asker }
  | { ask: 'simulation'; asker: Asker; sent: SentOperation }

/** What each question is answered with. */
export type Answers = { readers: Readers; reach: ReachedCell[]; simulation: Simulation }

/** Answers a question as the command does: `who --paths`, `what --paths`, `simulate`. The field must be one of the graph's. */
export function answer(question: Question, { policy: { rules, purposes }, graph }: Project): Answers[Question['ask']] {
  const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
  const reviewed = { ...graph, schema, rules: rules.rules, purposes, callers: callerClasses(purposes) }
  if (question.ask === 'reach') return reachedCells(question.name, question.asker, reviewed)
  if (question.ask === 'simulation') return simulate(reviewed, question.asker, question.sent)
  const field = graph.classes.get(question.coordinate)
  if (field === undefined) throw new Error('a field that the graph does not have')
  return readersOf(field, reviewed)
}
