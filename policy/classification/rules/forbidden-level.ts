import type { Rule } from '../schema-model.ts'

/** Core data and state secrets (L5) never enter a graph (Law 60/2024 Art. 13; Law 117/2025/QH15). */
export const forbiddenLevel: Rule = ({ fields }) =>
  fields
    .filter((field) => field.class?.level === 'L5')
    .map((field) => ({
      coordinate: field.coordinate,
      reason: `is L5 in ${field.subgraph} (importance ${field.class?.importance}, secrecy ${field.class?.secrecy}): never composed`,
    }))
