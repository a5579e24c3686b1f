import type { Point } from './geohash.ts'

/** Metres east and north in a 3° zone. */
export type Grid = { east: number; north: number }

/** VN-2000 uses the dimensions of the WGS84 ellipsoid; a 3° zone has the scale 0.9999 and a false easting of 500 km. */
const radius = 6_378_137
const flattening = 1 / 298.257223563
const scale = 0.9999
const falseEasting = 500_000

/** The central meridian of the 3° zone a longitude lies in: 102, 105, 108 or 111. */
export const centralMeridian = (longitude: number): number => Math.round(longitude / 3) * 3

/**
 * Transverse Mercator of a 3° zone (Snyder, Map Projections, eq. 8-9 to 8-15), good to a centimetre. An approximation of
 * VN-2000: the official zone of each province and the datum shift from WGS84 (some 200 m) are left out, which only
 * synthetic parcels bear.
 */
export function gridFromPoint({ latitude, longitude }: Point, meridian = centralMeridian(longitude)): Grid {
  const e2 = flattening * (2 - flattening)
  const phi = (latitude * Math.PI) / 180
  const [sin, cos, tan] = [Math.sin(phi), Math.cos(phi), Math.tan(phi)]
  const second = e2 / (1 - e2)
  const n = radius / Math.sqrt(1 - e2 * sin ** 2)
  const t = tan ** 2
  const c = second * cos ** 2
  const a = (((longitude - meridian) * Math.PI) / 180) * cos
  const arc =
    radius *
    ((1 - e2 / 4 - (3 * e2 ** 2) / 64 - (5 * e2 ** 3) / 256) * phi -
      ((3 * e2) / 8 + (3 * e2 ** 2) / 32 + (45 * e2 ** 3) / 1024) * Math.sin(2 * phi) +
      ((15 * e2 ** 2) / 256 + (45 * e2 ** 3) / 1024) * Math.sin(4 * phi) -
      ((35 * e2 ** 3) / 3072) * Math.sin(6 * phi))
  const east = a + ((1 - t + c) * a ** 3) / 6 + ((5 - 18 * t + t ** 2 + 72 * c - 58 * second) * a ** 5) / 120
  const north =
    a ** 2 / 2 +
    ((5 - t + 9 * c + 4 * c ** 2) * a ** 4) / 24 +
    ((61 - 58 * t + t ** 2 + 600 * c - 330 * second) * a ** 6) / 720
  return { east: falseEasting + scale * n * east, north: scale * (arc + n * tan * north) }
}
