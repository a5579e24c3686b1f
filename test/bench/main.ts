/**
 * `npm run bench`: this project with every check on beside its peers with none, over the same databases, queries and
 * answers. Candidates take turns; a wrong answer voids a row. `--quick`: one short round. `--citizens N`, `--only W1,W4`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLocalIssuer } from '../../identity/local-issuer.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { absenceRatio } from './absence-ratio.ts'
import { attackRatio } from './attack-ratio.ts'
import { createSender, measure } from './measure.ts'
import { type Candidate, openCandidates } from './open-candidates.ts'
import { openStore } from './open-store.ts'
import { withChildren } from './process-usage.ts'
import { createRequests } from './requests.ts'
import { markdownOf, type Row } from './report.ts'
import { comparable } from './same-answers.ts'
import { type Workload, workloads as all } from './workloads.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    citizens: { type: 'string', default: '20000' },
    only: { type: 'string', default: all.map(({ name }) => name).join(',') },
  },
})
const width = 16
const round = options.quick ? { rounds: 1, warm: 0.5, seconds: 1.5 } : { rounds: 3, warm: 2, seconds: 8 }
const workloads = all.filter(({ name }) => options.only.split(',').includes(name))
const folder = join(import.meta.dirname, '../../.data/bench')
mkdirSync(folder, { recursive: true })

const { cluster, people } = await openStore(Number(options.citizens))
const rows: Row[] = []
let attack = 0
let absence = 0
try {
  const { candidates, dataDir, close } = await openCandidates(cluster, folder)
  try {
    const requestOf = await createRequests(dataDir, people)
    for (const workload of workloads) {
      const expected = await answersOf(workload, candidates[0] as Candidate)
      const ofWorkload = await Promise.all(
        candidates.map(async (candidate) => ({
          candidate: candidate.name,
          workload: workload.name,
          rounds: [],
          wrong: firstDifference(await answersOf(workload, candidate), expected),
        })),
      )
      rows.push(...ofWorkload)
      for (let n = 0; n < round.rounds; n += 1) {
        for (const [index, candidate] of candidates.entries()) {
          const row = ofWorkload[index] as Row
          if (row.wrong !== null) continue
          const ask = askerOf(workload, candidate)
          const common = { width, own: candidate.pids, database: () => withChildren(cluster.pid()) }
          await measure(ask, { ...common, seconds: round.warm })
          const measured = await measure(ask, { ...common, seconds: round.seconds })
          row.rounds.push(measured)
          if (measured.failed > 0)
            row.wrong = `${measured.failed} of ${measured.requests} answers failed: ${measured.firstWrong}`
        }
      }
    }
    const { url } = candidates[0] as Candidate
    attack = await attackRatio(url, options.quick ? 1 : 3)
    absence = await absenceRatio(url, await nationalToken(dataDir), options.quick ? 300 : 2000)

    async function answersOf(workload: Workload, candidate: Candidate): Promise<string[]> {
      const send = createSender(candidate.url, 1)
      const answers: string[] = []
      for (let n = 0; n < 10; n += 1)
        answers.push(comparable((await send(...requestOf(workload, candidate.asksWho, n * 7, n))).text))
      return answers
    }
    function askerOf(workload: Workload, candidate: Candidate) {
      const send = createSender(candidate.url, width)
      return async (connection: number, n: number): Promise<string | null> => {
        const { status, text } = await send(
          ...requestOf(workload, candidate.asksWho, connection * 6 + n, n * 13 + connection),
        )
        return status === 200 && text.includes('"data"') && !text.includes('"errors"') ? null : `${status} ${text}`
      }
    }
  } finally {
    await close()
  }
} finally {
  await cluster.close()
}

const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  node: process.version,
  citizens: Number(options.citizens),
  width,
}
const table = markdownOf(workloads, rows)
console.log(
  `${machine.cores} x ${machine.cpu}, Node ${machine.node}, ${width} connections, ${options.citizens} citizens\n`,
)
console.log(
  `${table}\n\nFragments that double thirty times are refused in ${attack.toFixed(1)} times an ordinary request's time.\n` +
    `A claim about somebody is answered in ${absence.toFixed(2)} times the time of one about a number that nobody has.`,
)
writeFileSync(
  join(folder, 'result.json'),
  `${JSON.stringify({ at: new Date().toISOString(), machine, round, rows, attack, absence }, null, 2)}\n`,
)
writeFileSync(join(folder, 'result.md'), `${table}\n`)
if (rows.some(({ wrong }) => wrong !== null)) process.exitCode = 1

/** A token of an officer who may ask about everybody. */
async function nationalToken(dataDir: string): Promise<string> {
  const claims = loadPersonas().find(({ persona }) => persona === 'commune-officer')?.claims ?? {}
  return createLocalIssuer(dataDir).sign({ ...claims, jurisdiction: ['VN'] })
}

function firstDifference(answers: readonly string[], expected: readonly string[]): string | null {
  const index = answers.findIndex((answer, n) => answer !== expected[n] || answer.startsWith('errors'))
  return index === -1 ? null : `answer ${index} differs: ${answers[index]?.slice(0, 200)}`
}
