import type { Random } from '../../../synthetic/types.ts'
import type { Grid } from './vn2000.ts'

/**
 * The closed ring of a four-sided parcel of this area around a point, corners in centimetres: a rectangle, turned, with
 * sides as parcels have them.
 */
export function ring(random: Random, centre: Grid, areaM2: number): readonly (readonly [number, number])[] {
  const slimness = 1 + random.next() * 2
  const [half, depth] = [Math.sqrt(areaM2 / slimness) / 2, Math.sqrt(areaM2 * slimness) / 2]
  const angle = random.next() * Math.PI
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const corners = [
    [-half, -depth],
    [half, -depth],
    [half, depth],
    [-half, depth],
    [-half, -depth],
  ] as const
  return corners.map(([x, y]) => [cents(centre.east + x * cos - y * sin), cents(centre.north + x * sin + y * cos)])
}

function cents(metres: number): number {
  return Math.round(metres * 100) / 100
}
