import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Bundle } from '../../policy/review/bundle.ts'
import { bundleHash } from '../../policy/review/bundle-json.ts'
import { cedarPolicies } from '../../policy/review/cedar-policies.ts'
import { cedarReadme } from '../../policy/review/cedar-readme.ts'
import { cedarFields, cedarSchema } from '../../policy/review/cedar-schema.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'
import type { ReviewTools } from './review-tools.ts'

/** `cedar`: the same rules for another engine. */
export function createCedar({ print }: Pick<ReviewTools, 'print'>): Command {
  const verb = new Command('cedar')
    .description(
      "exports rules, purposes and classes as Cedar policies; asks Cedar's validator and engine whether they say the same",
    )
    .option('--out <folder>', 'writes policies.cedar, schema.cedarschema, fields.json and README.md there')
    .option('--check', 'asks both engines over the whole space; exit 1 where they differ (some twenty seconds)')
    .option('--json')
  return verb.action(async ({ out, check, json }: { out?: string; check?: boolean; json?: boolean }) => {
    const bundle = loadBundle()
    if (out === undefined && !check) verb.error('say --out FOLDER, --check or both', { exitCode: 2 })
    const files = cedarFiles(bundle)
    if (out !== undefined) {
      mkdirSync(out, { recursive: true })
      for (const [name, text] of files) writeFileSync(join(out, name), text)
    }
    const found = check ? await compared(bundle) : null
    print(json, { files: out === undefined ? [] : [...files.keys()], ...found }, () =>
      [
        ...(out === undefined ? [] : [`wrote ${[...files.keys()].join(', ')} to ${out}\n`]),
        ...(found === null
          ? []
          : [
              `validator: ${found.problems.join('; ') || 'no problem'}\n`,
              `${found.asked} points asked, ${found.differences.length} differ\n`,
            ]),
        ...(found?.differences ?? []).map(
          (one) =>
            `${one.caller} ${one.coordinate}: ours ${one.ours}, Cedar ${one.cedar} at ${JSON.stringify(one.point)}\n`,
        ),
      ].join(''),
    )
    if (found !== null && found.problems.length + found.differences.length > 0) process.exitCode = 1
  })
}

/** The exported files by name. */
export function cedarFiles(bundle: Bundle): ReadonlyMap<string, string> {
  return new Map([
    ['policies.cedar', `${cedarPolicies(bundle)}\n`],
    ['schema.cedarschema', cedarSchema()],
    ['fields.json', `${JSON.stringify(cedarFields(bundle), null, 1)}\n`],
    ['README.md', cedarReadme(bundleHash(bundle))],
  ])
}

/** Cedar's engine is a development tool: loaded only when it is asked. */
async function compared(bundle: Bundle) {
  const { cedarProblems } = await import('../../policy/review/cedar-outcome.ts')
  const { cedarDifferences } = await import('../../policy/review/cedar-differences.ts')
  return { problems: cedarProblems(bundle), ...cedarDifferences(bundle) }
}
