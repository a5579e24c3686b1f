/**
 * `node test/bench/counting-cost.ts`: processor time that counting adds to a request of five fields a person, with a store
 * that answers at once, and how many statements it asks for. Without counting both are 0.
 */
import { loadVolumePolicy } from '../../policy/load-policy.ts'
import { createMeters } from '../../subgraphs/kit/counting/create-meters.ts'
import { createReadingCounts } from '../../subgraphs/kit/counting/reading-counts.ts'
import { emptySketch } from '../../subgraphs/kit/counting/sketch.ts'
import { createPseudonyms } from '../../subgraphs/kit/log/pseudonym.ts'
import { officer } from '../support/disclosures.ts'

let statements = 0
const store = () => {
  statements += 1
  return Promise.resolve({ latest: emptySketch(), total: 0, approvals: new Map<string, number>() })
}
const unlimited = { minute: 1e9, hour: 1e9, proposal: true, purposes: {} } as const
const policy = { ...loadVolumePolicy(), enumeration: unlimited }
const meters = createMeters(store, () => new Date())
const counts = createReadingCounts(meters, policy, createPseudonyms(new Uint8Array(32)))
const principal = officer()

async function requests(number: number, persons: number, distinct: number): Promise<void> {
  for (let request = 0; request < number; request += 1) {
    const { asks, reads } = counts.of(principal)
    for (let n = 0; n < persons; n += 1) {
      const person = `901${String((request * persons + n) % distinct).padStart(9, '0')}`
      for (let field = 0; field < 5; field += 1) {
        await asks(person)
        await reads(person, 'L2')
      }
    }
  }
}

await requests(5000, 1, 1000)
for (const [what, number, persons, distinct] of [
  ['one known person', 20_000, 1, 1000],
  ['one new person', 20_000, 1, 1e9],
  ['twenty known persons', 2000, 20, 1000],
] as const) {
  statements = 0
  const before = process.cpuUsage()
  await requests(number, persons, distinct)
  const { user, system } = process.cpuUsage(before)
  const each = ((user + system) / number).toFixed(0)
  console.log(`${what}: ${each} µs a request, ${(statements / number).toFixed(3)} statements a request`)
}
await meters.close()
