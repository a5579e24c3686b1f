import { readRows } from '../../../synthetic/read-rows.ts'
import type { Place } from '../../../synthetic/reference.ts'
import type { Random } from '../../../synthetic/types.ts'
import type { Point } from './geohash.ts'

/** A parcel's place on the cadastral map: unique within the commune, as its point is in the country. */
export type Site = { mapSheetNo: number; parcelNo: number; point: Point }

/** Degrees between communes and between parcels on the lattice: no multiple of one is soon one of the other. */
const communeStep = 0.02
const parcelStep = 0.00141
const parcelColumns = 14
const sheets = 40
/** The sheet that fixed parcels stand on; the generator leaves it out. */
export const fixedSheet = 12

/**
 * Gives out sites, commune by commune. Points lie on lattices around rough province centres, so that no two parcels share
 * one; they say nothing of where a commune really is.
 */
export function createParcelSites(places: readonly Place[]): (place: Place, random: Random) => Site {
  const centres = new Map(
    readRows(new URL('../data/province-centres.csv', import.meta.url)).map((row) => [
      row.text('province_code'),
      { latitude: row.number('latitude'), longitude: row.number('longitude') },
    ]),
  )
  const corners = new Map<string, Point>()
  for (const [province, communes] of Map.groupBy(places, (place) => place.province)) {
    const centre = centres.get(province)
    if (centre === undefined) throw new RangeError(`no centre for province ${province}`)
    const width = Math.ceil(Math.sqrt(communes.length))
    const first = (value: number) => value - (width * communeStep) / 2
    for (const [index, { commune }] of communes.entries()) {
      corners.set(commune, {
        latitude: first(centre.latitude) + Math.floor(index / width) * communeStep,
        longitude: first(centre.longitude) + (index % width) * communeStep,
      })
    }
  }

  const counts = new Map<string, number>()
  return (place, random) => {
    const count = counts.get(place.commune) ?? 0
    counts.set(place.commune, count + 1)
    const corner = corners.get(place.commune)
    if (corner === undefined) throw new RangeError('no such commune')
    const sheet = 1 + (count % sheets)
    return {
      mapSheetNo: sheet < fixedSheet ? sheet : sheet + 1,
      parcelNo: 1 + Math.floor(count / sheets) * 9 + random.int(0, 8),
      point: {
        latitude: corner.latitude + Math.floor(count / parcelColumns) * parcelStep,
        longitude: corner.longitude + (count % parcelColumns) * parcelStep,
      },
    }
  }
}
