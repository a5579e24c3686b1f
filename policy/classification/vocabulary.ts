import type { FieldClass, MaskForm, PersonalCategory } from '../types.ts'
import type { ArgumentUse } from './types.ts'

/** The axes from lax to strict: a later word is stricter. */
export const sharings: readonly FieldClass['sharing'][] = ['OPEN', 'SHARED', 'RESTRICTED']
export const importances: readonly FieldClass['importance'][] = ['OTHER', 'IMPORTANT', 'CORE']
export const secrecies: readonly FieldClass['secrecy'][] = ['NONE', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET']

/** Decree 356/2025: Art. 3 (basic), then Art. 4(1) (sensitive). */
export const personalCategories: readonly PersonalCategory[] = [
  ...(['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9', 'B10', 'B11'] as const),
  ...(['S_A', 'S_B', 'S_C', 'S_D', 'S_DD', 'S_E', 'S_G', 'S_H', 'S_I', 'S_K', 'S_L', 'S_M'] as const),
]

export const maskForms: readonly MaskForm[] = [
  ...(['NULL', 'KEEP', 'LAST3', 'YEAR', 'INITIALS', 'INSURANCE_CARD', 'PHONE', 'EMAIL', 'PROVINCE'] as const),
  'GEOHASH5',
]

export const argumentUses: readonly ArgumentUse[] = ['LOOKUP', 'FILTER']

/** Namespace of the directives' own schema; see schema/directives.graphql. */
export const classificationUrl = 'https://vn-national-graph.example/classification/v1.0'
