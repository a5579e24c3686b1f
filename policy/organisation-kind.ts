import { z } from 'zod'
import type { OrganisationKind } from './types.ts'

/** The kinds of organisation that may own data or ask for it, as YAML files name them. */
export const organisationKind = z.enum([
  'STATE_AGENCY',
  'HEALTH_PROVIDER',
  'PRIVATE',
  'PORTAL',
  'COMMAND_CENTRE',
  'REVIEW_BODY',
  'PROCEDURE_SYSTEM',
] satisfies OrganisationKind[])
