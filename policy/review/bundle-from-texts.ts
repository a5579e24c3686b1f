import { classesFromSupergraph } from '../classification/classes-from-supergraph.ts'
import { createPurposeRegistry } from '../purposes.ts'
import { partsFromText } from '../rule-set.ts'
import { createVerificationPolicy } from '../verification.ts'
import { createVolumePolicy } from '../volume.ts'
import type { Bundle } from './bundle.ts'
import { figuresByName } from './figures.ts'

/** What the log archives of a bundle: rules with what stands beside them, and the supergraph. */
export type BundleTexts = { rules: string; schema: string }

/**
 * The bundle behind the texts that the log archived. Kinds of organisations, statements and the reviewer's own figures stand in no
 * archive: it has none of them. Throws where this version can't read the texts.
 */
export function bundleFromTexts(texts: BundleTexts): Bundle {
  const { rules, beside } = partsFromText(texts.rules)
  const [purposesText = '', volume, budgets, verification] = beside
  const { classes, subjects, arguments: argumentClasses, problems } = classesFromSupergraph(texts.schema)
  if (problems.length > 0) throw new Error('the archived schema has classes that do not hold')
  const purposes = createPurposeRegistry(purposesText)
  const codes = purposes.all.map(({ code }) => code)
  return {
    rules,
    purposes,
    classes,
    subjects,
    arguments: argumentClasses,
    organisations: new Map(),
    figures: figuresByName({
      ...(volume !== undefined && budgets !== undefined && { volume: createVolumePolicy(volume, budgets) }),
      ...(verification !== undefined && { verification: createVerificationPolicy(verification, codes) }),
    }),
    invariants: [],
  }
}
