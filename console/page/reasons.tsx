import type { Denied } from './ask.ts'

/** Why a field is null: the code, the sentence in both languages, the rule with its law, and what can be done. */
export function Reasons({ denied }: { denied: readonly Denied[] | null }) {
  if (denied === null) return <aside aria-live="polite">Chạy một truy vấn. · Run a query.</aside>
  if (denied.length === 0) return <aside aria-live="polite">Không có gì bị từ chối. · Nothing was denied.</aside>
  return (
    <aside aria-live="polite">
      <h2>Vì sao bị từ chối · Why it was denied</h2>
      <ol>
        {denied.map((error, index) => (
          <Reason key={index} error={error} />
        ))}
      </ol>
    </aside>
  )
}

function Reason({ error: { message, path, extensions = {} } }: { error: Denied }) {
  const { code, coordinate, level, rule, citation, proposal, message_vi, remedy, requestId } = extensions
  return (
    <li>
      <strong>{code}</strong> {path === undefined ? null : <code>{path.join('.')}</code>}
      <p>
        {message_vi} <span lang="en">{message}</span>
      </p>
      <dl>
        {row('Trường · Field', coordinate === undefined ? undefined : `${coordinate} (${level ?? '?'})`)}
        {row('Quy tắc · Rule', rule)}
        {row(
          'Căn cứ · Law',
          citation === undefined ? undefined : `${citation}${proposal === true ? ' (đề xuất · proposal)' : ''}`,
        )}
        {row('Cách xử lý · Remedy', remedy === undefined ? undefined : JSON.stringify(remedy))}
        {row('Mã yêu cầu · Request', requestId)}
      </dl>
    </li>
  )
}

function row(name: string, value: string | undefined) {
  if (value === undefined) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
