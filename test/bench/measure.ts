import { Agent, request } from 'node:http'

export type Measured = {
  requests: number
  seconds: number
  perSecond: number
  p50: number
  p99: number
  failed: number
}

/** Sends one POST and gives status and body. */
export type Send = (
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ status: number; text: string }>

/** Keep-alive connections to one address, `width` at once. */
export function createSender(url: string, width: number): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: width })
  return (body, headers) =>
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
      sent.on('error', reject)
      sent.end(body)
    })
}

/** Asks for so many seconds over `width` connections. `ask` resolves to whether the answer was right. Times in milliseconds. */
export async function measure(
  ask: (n: number) => Promise<boolean>,
  { seconds, width }: { seconds: number; width: number },
): Promise<Measured> {
  const times: number[] = []
  let failed = 0
  let n = 0
  const begun = performance.now()
  const worker = async (): Promise<void> => {
    while (performance.now() - begun < seconds * 1000) {
      const at = performance.now()
      if (!(await ask(n++))) failed += 1
      times.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  const took = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { requests: times.length, seconds: took, perSecond: times.length / took, p50: at(0.5), p99: at(0.99), failed }
}
