import type { FieldClass, Level } from '../types.ts'

/** Categories that are special whatever else holds: biometrics, crime, credentials and images of identity cards. */
const special: ReadonlySet<string> = new Set(['S_DD', 'S_G', 'S_I'])

/**
 * The handling level of a class (a proposal of this project over Decree 356/2025 Art. 3-4 and Law 60/2024 Art. 13).
 * What a value gives away counts like what it says.
 */
export function levelOf(
  axes: Pick<FieldClass, 'sharing' | 'importance' | 'secrecy' | 'personal' | 'inferring'>,
): Level {
  const categories = [...axes.personal, ...axes.inferring]
  if (axes.importance === 'CORE' || axes.secrecy !== 'NONE') return 'L5'
  if (axes.importance === 'IMPORTANT' || categories.some((category) => special.has(category))) return 'L4'
  if (categories.some((category) => category.startsWith('S_'))) return 'L3'
  if (categories.length > 0) return 'L2'
  return axes.sharing === 'OPEN' ? 'L0' : 'L1'
}
