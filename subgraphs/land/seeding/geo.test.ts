import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../synthetic/random.ts'
import { loadReference } from '../../../synthetic/reference.ts'
import { geohash } from './geohash.ts'
import { createParcelSites, fixedSheet } from './parcel-sites.ts'
import { ring } from './ring.ts'
import { centralMeridian, gridFromPoint } from './vn2000.ts'

const inVietNam = fc.record({
  latitude: fc.double({ min: 8, max: 24, noNaN: true }),
  longitude: fc.double({ min: 102, max: 110, noNaN: true }),
})

describe('geohash', () => {
  it('encodes the point of the GeoHash description', () => {
    expect(geohash({ latitude: 57.64911, longitude: 10.40744 })).toBe('u4pruydqqvj8')
  })
  it('puts all of Viet Nam in cell w', () => {
    fc.assert(fc.property(inVietNam, (point) => /^w[0-9b-hjkmnp-z]{11}$/.test(geohash(point))))
  })
})

describe('gridFromPoint', () => {
  it('gives the arc of the meridian, at scale, on the central meridian', () => {
    // 4,984,944.378 m from the equator to 45° on the WGS84 ellipsoid.
    const { east, north } = gridFromPoint({ latitude: 45, longitude: 105 })
    expect(east).toBeCloseTo(500_000, 6)
    expect(north).toBeCloseTo(4_984_944.378 * 0.9999, 2)
  })
  it('keeps lengths to a thousandth within a zone', () => {
    fc.assert(
      fc.property(inVietNam, ({ latitude, longitude }) => {
        const meridian = centralMeridian(longitude)
        const [one, other] = [latitude, latitude + 0.001].map((value) =>
          gridFromPoint({ latitude: value, longitude }, meridian),
        )
        const length = Math.hypot((one?.east ?? 0) - (other?.east ?? 0), (one?.north ?? 0) - (other?.north ?? 0))
        expect(Math.abs(length / 110.7 - 1)).toBeLessThan(0.003)
      }),
    )
  })
})

describe('ring', () => {
  it('is closed and holds the area of the parcel', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 20, max: 20_000, noNaN: true }), (seed, areaM2) => {
        const points = ring(createRandom(seed, 'ring'), { east: 550_000, north: 2_300_000 }, areaM2)
        expect(points).toHaveLength(5)
        expect(points.at(-1)).toEqual(points[0])
        // From the first corner, so that no digit is lost on coordinates of millions of metres.
        const [east, north] = points[0] ?? [0, 0]
        const local = points.map(([x, y]) => [x - east, y - north] as const)
        const doubled = local
          .slice(1)
          .reduce((sum, [x, y], index) => sum + (local[index]?.[0] ?? 0) * y - x * (local[index]?.[1] ?? 0), 0)
        expect(Math.abs(Math.abs(doubled) / 2 - areaM2)).toBeLessThan(0.05 * Math.sqrt(areaM2))
      }),
    )
  })
})

describe('parcel sites', () => {
  it('gives no number twice in a commune, no point twice in the country, and leaves the fixed sheet free', () => {
    const { places } = loadReference()
    const siteIn = createParcelSites(places)
    const random = createRandom(1, 'sites')
    const [ids, points] = [new Set<string>(), new Set<string>()]
    for (let round = 0; round < 30; round++) {
      for (const place of places) {
        const { mapSheetNo, parcelNo, point } = siteIn(place, random)
        expect(mapSheetNo).not.toBe(fixedSheet)
        ids.add(`${place.commune}_${mapSheetNo}_${parcelNo}`)
        points.add(geohash(point))
      }
    }
    expect(ids.size).toBe(30 * places.length)
    expect(points.size).toBe(30 * places.length)
  })
})
