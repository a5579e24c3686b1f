import { loadVerificationPolicy } from '../../policy/load-policy.ts'
import type { SubgraphDefinition } from '../kit/types.ts'
import { sources } from './sources.ts'
import { createVerify } from './verify.ts'

/** Whether claims agree with what other databases hold: they are asked by functions that give no value. It has none itself. */
const definition: SubgraphDefinition = {
  name: 'verification',
  owner: 'BCA',
  folder: import.meta.dirname,
  tables: [],
  edges: { Query: { verify: createVerify(loadVerificationPolicy()) } },
  compares: Object.keys(sources),
}

export default definition
