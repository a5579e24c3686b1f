import type { FieldClass, Level, SubjectClass } from './types.ts'

/** Private life of a child is special (Law 91/2025 Art. 24; the level is a proposal): S_C rises from L3 to L4. */
export function levelFor(field: FieldClass, subject: SubjectClass): Level {
  const isChild = subject === 'CHILD_UNDER_7' || subject === 'CHILD_7_17'
  const isPrivateLife = field.personal.includes('S_C') || field.inferring.includes('S_C')
  return isChild && isPrivateLife && field.level === 'L3' ? 'L4' : field.level
}
