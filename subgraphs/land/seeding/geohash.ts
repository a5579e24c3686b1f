const alphabet = '0123456789bcdefghjkmnpqrstuvwxyz'

/** A point on the WGS84 ellipsoid, in degrees. */
export type Point = { latitude: number; longitude: number }

/** The 12-character GeoHash of a point: bits of longitude and latitude in turn, five a character (cells of some cm). */
export function geohash({ latitude, longitude }: Point): string {
  const bounds = { longitude: [-180, 180] as [number, number], latitude: [-90, 90] as [number, number] }
  let hash = ''
  for (let character = 0, bit = 0; character < 12; character++) {
    let index = 0
    for (let step = 0; step < 5; step++, bit++) {
      const [range, value] = bit % 2 === 0 ? [bounds.longitude, longitude] : [bounds.latitude, latitude]
      const middle = (range[0] + range[1]) / 2
      const isUpper = value >= middle
      range[isUpper ? 0 : 1] = middle
      index = index * 2 + (isUpper ? 1 : 0)
    }
    hash += alphabet[index]
  }
  return hash
}
