import type { Person, Random, Sex } from './types.ts'

/** Share never married, by age; modelled on what is usual, not a statistic. */
const neverMarried: Readonly<Record<Sex, readonly (readonly [age: number, share: number])[]>> = {
  MALE: [
    [20, 0.97],
    [22, 0.86],
    [25, 0.62],
    [28, 0.38],
    [32, 0.18],
    [40, 0.08],
    [55, 0.04],
    [105, 0.02],
  ],
  FEMALE: [
    [18, 0.96],
    [20, 0.82],
    [23, 0.56],
    [26, 0.3],
    [30, 0.15],
    [40, 0.08],
    [55, 0.07],
    [105, 0.05],
  ],
}
const widowed: Readonly<Record<Sex, readonly (readonly [age: number, share: number])[]>> = {
  MALE: [
    [40, 0],
    [60, 0.03],
    [70, 0.08],
    [80, 0.18],
    [105, 0.45],
  ],
  FEMALE: [
    [35, 0],
    [50, 0.08],
    [60, 0.22],
    [70, 0.45],
    [80, 0.7],
    [105, 0.95],
  ],
}
const divorced: Readonly<Record<Sex, readonly (readonly [age: number, share: number])[]>> = {
  MALE: [
    [24, 0],
    [35, 0.03],
    [50, 0.035],
    [70, 0.015],
    [105, 0],
  ],
  FEMALE: [
    [23, 0],
    [35, 0.04],
    [50, 0.05],
    [70, 0.025],
    [105, 0],
  ],
}

/** Ages from which people marry: men 20, women 18. */
export const marriageAge: Readonly<Record<Sex, number>> = { MALE: 20, FEMALE: 18 }

/** A marital status that is usual at this age. */
export function drawMaritalStatus(random: Random, sex: Sex, age: number): Person['maritalStatus'] {
  if (age < marriageAge[sex] + 1) return 'SINGLE'
  const draw = random.next()
  const never = shareAt(neverMarried[sex], age)
  const lost = shareAt(widowed[sex], age)
  if (draw < never) return 'SINGLE'
  if (draw < never + lost * (1 - never)) return 'WIDOWED'
  return draw < never + lost * (1 - never) + shareAt(divorced[sex], age) ? 'DIVORCED' : 'MARRIED'
}

function shareAt(points: readonly (readonly [age: number, share: number])[], age: number): number {
  let previous = points[0] ?? [0, 0]
  for (const point of points) {
    if (age <= point[0]) {
      const width = point[0] - previous[0]
      return width === 0 ? point[1] : previous[1] + ((point[1] - previous[1]) * (age - previous[0])) / width
    }
    previous = point
  }
  return previous[1]
}

/** A spouse's age: men about three years older, never below the lawful age. */
export function drawSpouseAge(random: Random, sex: Sex, age: number): number {
  const gap = Math.round(3 + 2.6 * bell(random))
  const spouseSex = sex === 'MALE' ? 'FEMALE' : 'MALE'
  return Math.min(102, Math.max(marriageAge[spouseSex] + 1, sex === 'MALE' ? age - gap : age + gap))
}

/** Roughly normal, mean 0 and deviation 1, within ±3 (sum of uniforms). */
export function bell(random: Random): number {
  return (random.next() + random.next() + random.next() + random.next() - 2) * Math.sqrt(3)
}
