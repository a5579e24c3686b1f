import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { problem } from '../../policy/errors.ts'
import { refuse } from './refuse.ts'

/** Where the answer's headers go. */
type Headers = { header: (name: string, value: string) => unknown }

/** Refuses an address that asks too often with RATE_LIMITED and `Retry-After` (RFC 9110 §10.2.3); else does nothing. */
export type AddressLimit = (request: Pick<FastifyRequest, 'ip'>, reply: Headers) => void

/** Addresses remembered at once; whoever has not asked for longest is forgotten first, and has paid back by then. */
const mostAddresses = 20_000

/**
 * A bucket an address: `perMinute` requests at once, and as many again within a minute. IPv6 counts by /64, which one
 * household or machine has to itself (RFC 6177). `now` is in milliseconds.
 */
export function createAddressLimit(perMinute: number, now: () => number = () => performance.now()): AddressLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  const perMs = perMinute / 60_000
  return ({ ip }, reply) => {
    const key = networkOf(ip)
    const at = now()
    const known = buckets.get(key) ?? { left: perMinute, at }
    const left = Math.min(perMinute, known.left + (at - known.at) * perMs)
    buckets.delete(key)
    if (buckets.size >= mostAddresses) buckets.delete(buckets.keys().next().value ?? '')
    buckets.set(key, { left: left >= 1 ? left - 1 : left, at })
    if (left >= 1) return
    void reply.header('retry-after', String(Math.ceil((1 - left) / perMs / 1000)))
    throw refuse(problem('RATE_LIMITED'))
  }
}

/** The address, or the /64 it lies in. IPv4 within IPv6 (RFC 4291 §2.5.5.2) is that IPv4 address. */
function networkOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=[\d.]+$)/i, '')
  if (!isIPv6(plain)) return plain
  const [before = '', after] = plain.replace(/%.*$/, '').split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const gap = after === undefined ? 0 : 8 - head.length - tail.length
  const groups = [...head, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...tail]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
