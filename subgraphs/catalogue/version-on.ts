import DataLoader from 'dataloader'
import type { Edge, SubgraphContext } from '../kit/types.ts'
import { adminUnitVersion } from './tables.ts'

type KeyLoader = DataLoader<string, string | null>

const text = `select v.code, v.key from admin_unit_version v
  where v.code = any($1::text[]) and $2::date between v.valid_from and coalesce(v.valid_to, 'infinity'::date)`

/** Loaders of one request, which die with it. */
const ofRequest = new WeakMap<SubgraphContext, Map<string, KeyLoader>>()

/** Name and type of a unit on a day, all units of a request in one query; null where its code did not hold. */
export const versionOn: Edge = {
  kind: 'resolve',
  resolve: async (parent, args, context) => {
    if (parent === null || !parent.exists) return null
    const day = typeof args['asOf'] === 'string' ? args['asOf'] : todayInVietNam(context.services.clock())
    const key = await loaderOf(context, day).load(parent.key)
    return key === null ? null : context.gate.row(adminUnitVersion, key)
  },
}

function loaderOf(context: SubgraphContext, day: string): KeyLoader {
  const loaders = ofRequest.get(context) ?? new Map<string, KeyLoader>()
  ofRequest.set(context, loaders)
  const loader = loaders.get(day) ?? keysOn(context, day)
  loaders.set(day, loader)
  return loader
}

function keysOn(context: SubgraphContext, day: string): KeyLoader {
  return new DataLoader(async (codes) => {
    const { rows } = await context.services.pool.query<{ code: string; key: string }>(text, [codes, day])
    const keys = new Map(rows.map((row) => [row.code, row.key]))
    return codes.map((code) => keys.get(code) ?? null)
  })
}

function todayInVietNam(now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(now)
}
