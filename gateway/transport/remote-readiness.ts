import { z } from 'zod'

const answer = z.object({ parts: z.array(z.object({ part: z.string(), ok: z.boolean() })) })
const patience = 1500

/**
 * What a subgraph in another process lacks: itself where it does not answer, else the parts it names at
 * `/health/ready` of its address. Never rejects.
 */
export async function remoteReadiness(name: string, url: string): Promise<{ part: string; ok: boolean }[]> {
  const parts = await asked(url).catch(() => null)
  if (parts === null) return [{ part: `subgraph ${name}`, ok: false }]
  const lacking = parts.filter(({ ok }) => !ok).map(({ part }) => ({ part: `subgraph ${name}: ${part}`, ok: false }))
  return lacking.length > 0 ? lacking : [{ part: `subgraph ${name}`, ok: true }]
}

async function asked(url: string): Promise<{ part: string; ok: boolean }[]> {
  const response = await fetch(new URL('/health/ready', url), {
    signal: AbortSignal.timeout(patience),
    redirect: 'error',
  })
  return answer.parse(await response.json()).parts
}
