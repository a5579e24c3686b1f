import { problem } from '../../../policy/errors.ts'
import type { BundleTexts } from '../../../policy/review/bundle-from-texts.ts'
import { createApart, createKept } from '../../kit/apart.ts'
import type { SubgraphServices } from '../../kit/types.ts'
import { archivedTexts, type Version } from './archived-bundles.ts'
import type { Comparison } from './compare-texts.ts'

/** Comparisons kept; what two texts differ in never changes. */
const mostKept = 8

/** `accessDiff`: what opened and closed between two archived bundles, compared in a thread. Throws BAD_USER_INPUT. */
export function createAccessDiff() {
  const compare = createApart<{ before: BundleTexts; after: BundleTexts }, Comparison | null>(
    new URL('compare-apart.ts', import.meta.url),
  )
  const kept = createKept<Comparison>(mostKept)
  return async (args: Readonly<Record<string, unknown>>, { pool, graph }: SubgraphServices) => {
    const from = args['from'] as Version
    const to = (args['to'] ?? { rules: graph.bundleHash, schema: graph.schemaHash }) as Version
    const { changes, ...found } = await kept([from.rules, from.schema, to.rules, to.schema].join(' '), async () => {
      const [before, after] = [await archivedTexts(pool, from), await archivedTexts(pool, to)]
      if (before === null || after === null) throw notArchived()
      const compared = await compare({ before, after })
      if (compared === null) throw notReadable()
      return compared
    })
    return {
      ...found,
      changes: changes.map(({ request, example, ...change }) => ({
        ...change,
        ...request,
        row: Object.entries(example).map(([name, value]) => ({ name, value: String(value) })),
      })),
    }
  }
}

const notArchived = () =>
  problem('BAD_USER_INPUT', {
    vi: 'kho lưu của nhật ký không có quy tắc hoặc lược đồ mang mã băm này',
    en: 'the archive of the log holds no rules or schema of this hash',
  })
const notReadable = () =>
  problem('BAD_USER_INPUT', {
    vi: 'phiên bản này không đọc được quy tắc hoặc lược đồ đã lưu',
    en: 'this version can not read those archived rules or schema',
  })
