import type { Meters } from './create-meters.ts'

/** Organisations and what they have read, as shares of their first threshold: of those this process counts for. */
export function volumeShares(
  known: ReturnType<Meters['known']>,
): { organisation: string; purpose: string; personalClass: string; share: number }[] {
  return known
    .filter(({ meter }) => meter.counted !== 'PERSONS' && meter.caller === '' && meter.organisation !== '')
    .map(({ meter: { organisation, purpose, counted, limits }, total }) => {
      return { organisation, purpose, personalClass: counted, share: total / limits.important }
    })
}
