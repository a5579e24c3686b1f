import type { GraphPath } from '../../policy/review/graph-paths.ts'
import type { ReachedCell } from '../../policy/review/reached-cells.ts'
import type { Readers } from '../../policy/review/readers.ts'
import { createKept } from '../kit/apart.ts'
import { plainPage } from '../kit/plain-page.ts'
import type { Edge, GraphFacts } from '../kit/types.ts'
import type { Ask } from './ask.ts'
import type { AskerFrom } from './asker-from.ts'
import { fieldNamed } from './field-named.ts'

type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']

/** Answers kept of each field; none changes while the rules and the schema are the same. */
const mostKept = 16

/** `accessReaders` and `accessReach`: who reaches a field and what a caller reaches, with every way; asked once, then kept. */
export function createAccessWays(ask: Ask, askerFrom: AskerFrom): { readers: Resolve; reach: Resolve } {
  const [readersKept, reachKept] = [createKept<Readers>(mostKept), createKept<ReachedCell[]>(mostKept)]
  const keyOf = ({ bundleHash, schemaHash }: GraphFacts, ...asked: string[]) =>
    JSON.stringify([bundleHash, schemaHash, ...asked])
  return {
    readers: async (_root, args, { services: { graph } }) => {
      const { coordinate } = fieldNamed(graph, args)
      const found = await readersKept(keyOf(graph, coordinate), () => ask({ ask: 'readers', coordinate }, graph))
      const readers = found.readers.map(({ open, closed, ...reader }) => ({
        ...reader,
        open: open.map(openWay),
        closed: closed.map(({ path, at, decision }) => ({ ...decision, ...openWay(path), closesAt: at })),
      }))
      return { ...found, coordinate, readers }
    },
    reach: async (_root, args, { gate, services: { graph } }) => {
      const [name, asker] = [String(args['caller']), askerFrom(args)]
      const key = keyOf(graph, name, asker.caller.purpose ?? '')
      const cells = await reachKept(key, () => ask({ ask: 'reach', name, asker }, graph))
      const nodes = cells.map(({ ways, ...cell }) => ({ cell, ways: ways.map(openWay) }))
      return plainPage(nodes, 'Query.accessReach', args, gate)
    },
  }
}

const openWay = (path: GraphPath) => ({ steps: [...path] })
