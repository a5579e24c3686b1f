import type { ClientBase } from 'pg'
import { explainStored, type StoredExplanation } from '../../policy/review/explain-stored.ts'
import { readBundle, readDecision, type StoredDecision } from '../../subgraphs/oversight/read-decision.ts'
import { explanationText } from './explanation-text.ts'

/** A record of the log with its verdicts explained; `explanations` is null where the rules of its time are not archived. */
export type ExplainedRecord = { decision: StoredDecision; explanations: StoredExplanation[] | null }

/** Reads and explains a record by its id or an entry's. Null where the log has none. */
export async function explainRecord(client: ClientBase, id: string): Promise<ExplainedRecord | null> {
  const decision = await readDecision(client, id)
  if (decision === null) return null
  const bundle = await readBundle(client, decision)
  const explanations = bundle && decision.verdicts.flatMap((verdict) => explainStored(verdict, bundle))
  return { decision, explanations }
}

/** The record and its explanations for a terminal. */
export function recordText({ decision, explanations }: ExplainedRecord): string {
  const { record, at, service, organisation, bundleHash, schemaHash, verdicts } = decision
  const { caller } = verdicts[0] ?? {}
  const head = [
    `bản ghi · record ${record}  ${new Date(at).toISOString()}  ${service}`,
    `  người hỏi · caller: ${[caller?.kind, organisation, caller?.purpose].filter((part) => part != null).join(' ')}`,
    `  quy tắc · rules ${bundleHash}`,
    `  lược đồ · schema ${schemaHash}`,
  ]
  if (explanations === null)
    return `${[...head, '  không có quy tắc của thời điểm đó trong kho lưu · the rules of its time are not in the archive'].join('\n')}\n`
  if (explanations.length === 0)
    return `${[...head, '  không do quy tắc nào quyết định · no rule decided: a change, or a request refused as a whole'].join('\n')}\n`
  const told = explanations.map((one) => {
    const { outcome, code, rule } = one.stored
    const same = one.isSame
      ? 'quyết định lại bằng quy tắc lúc đó: giống · decided again by the rules of its time: the same'
      : `quyết định lại bằng quy tắc lúc đó: KHÁC, bản ghi nói ${outcome} ${code ?? ''} (${rule}) · decided again by the rules of its time: DIFFERENT, the record says ${outcome} ${code ?? ''} (${rule})`
    return `${explanationText(one)}  ${same}\n`
  })
  return [...head, '', ...told].join('\n')
}
