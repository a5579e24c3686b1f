import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadOrganisations } from '../../identity/organisations.ts'
import { classesFromSupergraph } from '../classification/classes-from-supergraph.ts'
import { loadPolicy, type Policy } from '../load-policy.ts'
import type { Bundle } from './bundle.ts'
import { loadFigures } from './figures.ts'
import { invariantsFromYaml } from './invariant.ts'

const project = join(import.meta.dirname, '../..')

/** Reads the bundle of the project in a folder: of this one, or of another version. Throws what is wrong with its files. */
export function loadBundle(root = project): Bundle {
  const supergraph = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8')
  const { classes, subjects, arguments: argumentClasses, problems } = classesFromSupergraph(supergraph)
  if (problems.length > 0)
    throw new Error(problems.map(({ coordinate, reason }) => `${coordinate}: ${reason}`).join('\n'))
  return bundleFrom(loadPolicy(root), { classes, subjects, arguments: argumentClasses }, root)
}

/** The bundle of rules and classes that were read already; organisations, figures and statements are read here. */
export function bundleFrom(
  { rules, purposes }: Policy,
  { classes, subjects, arguments: argumentClasses }: Pick<Bundle, 'classes' | 'subjects' | 'arguments'>,
  root = project,
): Bundle {
  const organisations = new Map([...loadOrganisations(root).values()].map(({ id, kind }) => [id, kind]))
  const statements = join(root, 'policy/invariants.yaml')
  // A version from before there were any has none.
  const invariants = existsSync(statements) ? invariantsFromYaml(readFileSync(statements, 'utf8')) : []
  return {
    rules: rules.rules,
    purposes,
    classes,
    subjects,
    arguments: argumentClasses,
    organisations,
    figures: loadFigures(root),
    invariants,
  }
}
