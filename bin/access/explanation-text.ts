import { errorCatalogue } from '../../policy/error-catalogue.ts'
import type { Explanation } from '../../policy/review/explain.ts'
import { stateWords, stepWords } from '../../policy/review/step-words.ts'
import type { Words } from '../../policy/review/words.ts'

const both = ({ vi, en }: Words): string => (vi === en ? vi : `${vi} · ${en}`)

/** An explanation for a terminal, in both languages. */
export function explanationText({ coordinate, decision, title, path, speaking, nearest, flip }: Explanation): string {
  const { outcome, conditional, code, level, rule, citation, proposal } = decision
  const steps = path.map(({ step, state, words }) => {
    const passed = `    ${both(stateWords[state]).padEnd(30)}${both(stepWords[step])}`
    return state === 'NOT_REACHED' ? passed : `${passed}: ${both(words)}`
  })
  const rules = speaking.map(
    ({ rule: id, effect, conditions }) =>
      `    ${id} ${effect}: ${both(conditions) || 'không điều kiện · unconditionally'}`,
  )
  const missed = nearest.map(({ rule: id, effect, failed }) => {
    const why = failed.map(
      ({ step, asked, found }) => `\n      ${both(stepWords[step])}: ${both(asked)} ≠ ${both(found)}`,
    )
    return `    ${id} ${effect}${why.join('')}`
  })
  return [
    `${coordinate}  ${outcome}${conditional ? ' (tùy dòng · depends on the row)' : ''}  ${code ?? ''}  ${level}`,
    ...(code === null ? [] : [`  ${both(errorCatalogue[code])}`]),
    `  quy tắc · rule: ${rule}${title === null ? '' : ` (${both(title)})`}`,
    `  viện dẫn · law: ${citation}${proposal ? ' (đề xuất · proposal)' : ''}`,
    '  đường quyết định · path:',
    ...steps,
    ...section('quy tắc nói về việc này · rules that speak of this:', rules),
    ...section('quy tắc gần nhất không khớp · nearest rules that did not match:', missed),
    flip === null
      ? '  không thay đổi nào đảo kết quả · no change turns this over'
      : `  thay đổi nhỏ nhất · smallest change: ${both(flip.words)} -> ${flip.outcome} (${flip.rule}; ${flip.citation})`,
    '',
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines]
