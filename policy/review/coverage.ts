import type { Bundle } from './bundle.ts'
import { ruleEffects } from './rule-effects.ts'
import type { Words } from './words.ts'

/** What coverage is measured against. */
export type CoverageSources = {
  bundle: Bundle
  /** Ids of the data dictionary, with the source each entry names. */
  dictionary: ReadonlyMap<string, { source: string }>
  /** Rules that some test rests on. */
  tested: ReadonlySet<string>
}
/** Whether anything escaped: every list is empty in a graph and rules that may be served. */
export type Coverage = {
  fields: number
  byLevel: Readonly<Record<string, number>>
  rules: number
  findings: Finding[]
}
/** One thing that fell short: a field or a rule by its name, and why. */
export type Finding = { name: string; reason: Words }

/**
 * Every field classified, owned, in the dictionary and cited there; every rule with an effect somewhere, without which
 * something would differ, and with a test that rests on it.
 */
export function coverage({ bundle, dictionary, tested }: CoverageSources): Coverage {
  const fields = [...bundle.classes.values()]
  const { dead, shadowed } = ruleEffects(bundle)
  const byLevel: Record<string, number> = {}
  for (const { level } of fields) byLevel[level] = (byLevel[level] ?? 0) + 1
  const say = (names: readonly string[], vi: string, en: string) => names.map((name) => ({ name, reason: { vi, en } }))
  const which = (isShort: (field: (typeof fields)[number]) => boolean) =>
    fields.filter(isShort).map(({ coordinate }) => coordinate)
  return {
    fields: fields.length,
    byLevel,
    rules: bundle.rules.length,
    findings: [
      ...say(
        which(({ owner }) => !bundle.organisations.has(owner)),
        'không có chủ quản trong danh mục tổ chức',
        'has no owner among the organisations',
      ),
      ...say(
        which(({ dict }) => !dictionary.has(dict)),
        'không có trong từ điển nào',
        'stands in no dictionary',
      ),
      ...say(
        which(({ dict }) => dictionary.get(dict)?.source === ''),
        'không có nguồn trong từ điển',
        'has no source in the dictionary',
      ),
      ...say(
        which(({ level }) => level === 'L5'),
        'thuộc mức L5, không đồ thị nào được giữ',
        'is of level L5, which no graph may hold',
      ),
      ...say(dead, 'là quy tắc không bao giờ có tác dụng', 'is a rule that never takes effect'),
      ...say(shadowed, 'là quy tắc mà thiếu nó không gì khác đi', 'is a rule without which nothing would differ'),
      ...say(
        bundle.rules.flatMap(({ id }) => (tested.has(id) ? [] : [id])),
        'là quy tắc không kiểm thử nào dựa vào',
        'is a rule that no test rests on',
      ),
    ],
  }
}
