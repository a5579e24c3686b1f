import type { Rule } from '../schema-model.ts'

/** A denial must be able to null a field alone, so nothing above L0 is non-null but the sealed `id`. */
export const nonNullField: Rule = ({ fields }) =>
  fields
    .filter((field) => field.isNonNull && field.name !== 'id' && field.class !== null && field.class.level !== 'L0')
    .map((field) => ({
      coordinate: field.coordinate,
      reason: `is non-null at ${field.class?.level} in ${field.subgraph}: a denial could not null it alone`,
    }))
