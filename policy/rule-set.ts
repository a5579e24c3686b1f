import { createHash } from 'node:crypto'
import { z } from 'zod'
import { floorProblem } from './floor.ts'
import { loadYaml } from './load-yaml.ts'
import { rule, type Rule } from './rule.ts'

/** Between the texts of files that the hash is taken of. */
export const separator = '\0'

const file = z.strictObject({ rules: z.array(rule).refine(hasUniqueIds, 'an id stands twice') })

/** All rules in force, with the hash that every decision record names. */
export type RuleSet = {
  rules: readonly Rule[]
  /** Rules and purposes as JSON, whose SHA-256 is the hash: what the log archives. */
  text: string
  hash: string
}

export type RuleFile = {
  /** Path as errors name it. */
  name: string
  text: string
  /** Null for the national floor; else the database whose owner wrote the file: its rules speak of that domain alone. */
  domain: string | null
}

/**
 * Reads the national floor and every database's rules. Throws, naming file, line and field, on anything that is not in
 * the vocabulary, that a database grants outside its own domain, or that falls below the floor. `purposes` is the text of purposes.yaml
 * and of the figures people are counted by: it is part of the hash.
 */
export function createRuleSet(
  files: readonly RuleFile[],
  purposeCodes: readonly string[],
  purposesText: string,
): RuleSet {
  const rules = files.flatMap((source) => rulesOf(source, purposeCodes))
  if (!hasUniqueIds(rules)) throw new Error('rules: an id stands in two files')
  const text = JSON.stringify([rules, purposesText])
  return { rules, text, hash: createHash('sha256').update(text).digest('hex') }
}

/** The rules in a text that the log archived. Throws where it holds none. */
export function rulesFromText(text: string): readonly Rule[] {
  return partsFromText(text).rules
}

/** The same with what stands beside them: the texts of purposes.yaml and, since people are counted, of the figures' files. */
export function partsFromText(text: string): { rules: readonly Rule[]; beside: readonly string[] } {
  const [rules, beside] = z.tuple([z.array(rule), z.string()]).parse(JSON.parse(text))
  return { rules, beside: beside.split(separator) }
}

function rulesOf(source: RuleFile, purposeCodes: readonly string[]): Rule[] {
  const checked = file.superRefine(({ rules }, context) => {
    for (const [index, one] of rules.entries()) {
      const problem = unknownPurpose(one, purposeCodes) ?? foreignDomain(one, source.domain) ?? floorProblem(one)
      if (problem)
        context.addIssue({ code: 'custom', path: ['rules', index, ...problem.path], message: problem.message })
    }
  })
  const { rules } = loadYaml(checked, source.text, source.name)
  return source.domain === null
    ? rules
    : rules.map((one) => ({ ...one, scope: { ...one.scope, domains: [source.domain ?? ''] } }))
}

function unknownPurpose(one: Rule, codes: readonly string[]): Problem | null {
  const unknown = one.scope.purposes?.find((code) => code !== 'NONE' && !codes.includes(code))
  return unknown === undefined
    ? null
    : { path: ['scope', 'purposes'], message: `no purpose ${unknown} in purposes.yaml` }
}

function foreignDomain(one: Rule, domain: string | null): Problem | null {
  if (domain === null || one.scope.domains === undefined) return null
  return { path: ['scope', 'domains'], message: `rules of ${domain} speak of ${domain} alone; leave domains out` }
}

type Problem = { path: readonly (string | number)[]; message: string }

function hasUniqueIds(rules: readonly { id: string }[]): boolean {
  return new Set(rules.map((one) => one.id)).size === rules.length
}
