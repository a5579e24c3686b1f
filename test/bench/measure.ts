import { Agent, request } from 'node:http'
import { processorTicks, type Usage, usageOf } from './process-usage.ts'

export type Measured = {
  requests: number
  perSecond: number
  /** Milliseconds. */
  p50: number
  p99: number
  failed: number
  /** The first answer that was wrong, shortened. */
  firstWrong: string | null
  /** CPU of the candidate's own processes and of PostgreSQL, milliseconds a request. */
  cpuMs: number
  databaseMs: number
  rssMb: number
  /** Of the processors' time, what the host of this machine gave to others meanwhile, in percent. */
  stolen: number
}

/** Sends one POST and gives status and body. */
export type Send = (
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ status: number; text: string }>

/** Keep-alive connections to one address, `width` at once; asked again where a kept one was just closed from there. */
export function createSender(url: string, width: number): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: width })
  const send: Send = (body, headers) =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          agent,
          headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
          )
        },
      )
      sent.on('error', (error: NodeJS.ErrnoException) =>
        sent.reusedSocket && error.code === 'ECONNRESET' ? resolve(send(body, headers)) : reject(error),
      )
      sent.end(body)
    })
  return send
}

/**
 * Asks once, and resolves to null where the answer was right, else to what it was. Gets the connection and how often it
 * asked before, so that each may begin elsewhere.
 */
export type Ask = (connection: number, n: number) => Promise<string | null>

/** Asks for so many seconds over `width` connections. */
export async function measure(
  ask: Ask,
  {
    seconds,
    width,
    own,
    database,
  }: { seconds: number; width: number; own: readonly number[]; database: () => readonly number[] },
): Promise<Measured> {
  const times: number[] = []
  let failed = 0
  let firstWrong: string | null = null
  const before: [Usage, Usage] = [usageOf(own), usageOf(database())]
  const ticks = processorTicks()
  const begun = performance.now()
  const worker = async (_: unknown, connection: number): Promise<void> => {
    for (let n = 0; performance.now() - begun < seconds * 1000; n += 1) {
      const at = performance.now()
      const wrong = await ask(connection, n)
      if (wrong !== null) failed += 1
      firstWrong ??= wrong && wrong.slice(0, 300)
      times.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  const took = (performance.now() - begun) / 1000
  const { all, stolen } = processorTicks()
  const after: [Usage, Usage] = [usageOf(own), usageOf(database())]
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    requests: times.length,
    perSecond: times.length / took,
    p50: at(0.5),
    p99: at(0.99),
    failed,
    firstWrong,
    cpuMs: (after[0].cpuMs - before[0].cpuMs) / times.length,
    databaseMs: (after[1].cpuMs - before[1].cpuMs) / times.length,
    rssMb: after[0].rssMb,
    stolen: (100 * (stolen - ticks.stolen)) / Math.max(1, all - ticks.all),
  }
}
