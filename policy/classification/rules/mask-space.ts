import type { MaskForm } from '../../types.ts'
import type { Rule } from '../schema-model.ts'

/** What a masked value may look like, by scalar; lists, enums, objects and other scalars have no masked form. */
const forms: Readonly<Record<string, readonly MaskForm[]>> = {
  String: ['LAST3', 'YEAR', 'INITIALS', 'INSURANCE_CARD', 'PHONE', 'EMAIL', 'PROVINCE', 'GEOHASH5'],
  PersonalId: ['LAST3'],
  PartialDate: ['YEAR'],
}

/** A masked value is still a value of the field's type: NULL and KEEP always are, the rest by scalar. */
export const maskSpace: Rule = ({ fields }) =>
  fields
    .filter(({ class: own, isList, returns }) => {
      if (!own || own.mask === 'NULL' || own.mask === 'KEEP') return false
      return isList || !Object.hasOwn(forms, returns) || !forms[returns]?.includes(own.mask)
    })
    .map((field) => ({
      coordinate: field.coordinate,
      reason: `is masked as ${field.class?.mask} in ${field.subgraph}, which is no ${field.isList ? `[${field.returns}]` : field.returns}`,
    }))
