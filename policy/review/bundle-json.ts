import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, type Json } from '../../evidence/canonical-json.ts'
import { organisationKind } from '../organisation-kind.ts'
import { createPurposeRegistry } from '../purposes.ts'
import { rule } from '../rule.ts'
import type { FieldClass } from '../types.ts'
import type { ArgumentClass, SubjectFields } from '../classification/types.ts'
import type { Bundle } from './bundle.ts'
import { invariantsFromYaml } from './invariant.ts'

/** A bundle in the order a reviewer reads it; lists are sorted by name, rules stand in the order they are asked. */
export type BundleJson = { [section: string]: Json[] }

/** A bundle as JSON: everything it says, nothing else. */
export function bundleJson(bundle: Bundle): BundleJson {
  const named = (map: ReadonlyMap<string, unknown>) =>
    [...map].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => plain({ name, is: value }))
  return {
    rules: bundle.rules.map(plain),
    purposes: bundle.purposes.all.map(plain),
    invariants: bundle.invariants.map(plain),
    organisations: named(bundle.organisations),
    figures: named(bundle.figures),
    subjects: named(bundle.subjects),
    arguments: named(bundle.arguments),
    classes: [...bundle.classes.values()].toSorted((a, b) => (a.coordinate < b.coordinate ? -1 : 1)).map(plain),
  }
}

/** SHA-256 in hex over the canonical JSON (RFC 8785): the same bundle has the same hash on every machine. */
export function bundleHash(bundle: Bundle): string {
  return createHash('sha256')
    .update(canonicalJson(bundleJson(bundle)))
    .digest('hex')
}

const entry = <T>() => z.array(z.strictObject({ name: z.string(), is: z.custom<T>() }))
const shape = z.strictObject({
  rules: z.array(rule),
  purposes: z.array(z.unknown()),
  invariants: z.array(z.unknown()),
  organisations: z.array(z.strictObject({ name: z.string(), is: organisationKind })),
  // A bundle approved before there were any has none.
  figures: entry<unknown>().default([]),
  subjects: entry<SubjectFields>(),
  arguments: entry<ArgumentClass>(),
  classes: z.array(z.custom<FieldClass>()),
})

/** The bundle behind its JSON. Throws where it is none; whether it is the one that was approved, its hash tells. */
export function bundleFromJson(json: unknown): Bundle {
  const read = shape.parse(json)
  const mapOf = <T>(list: readonly { name: string; is: T }[]) => new Map(list.map(({ name, is }) => [name, is]))
  return {
    rules: read.rules,
    // JSON is YAML.
    purposes: createPurposeRegistry(JSON.stringify({ purposes: read.purposes })),
    invariants: invariantsFromYaml(JSON.stringify({ invariants: read.invariants })),
    organisations: mapOf(read.organisations),
    figures: mapOf(read.figures),
    subjects: mapOf(read.subjects),
    arguments: mapOf(read.arguments),
    classes: new Map(read.classes.map((one) => [one.coordinate, one])),
  }
}

/** Without what is undefined, as JSON has no such thing. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
