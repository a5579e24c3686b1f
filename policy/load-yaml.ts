import { LineCounter, parseDocument, type Node } from 'yaml'
import type { z } from 'zod'

/**
 * Parses and validates a YAML text. Throws one Error whose message has a line for every fault, each naming file, line
 * and field, so that whoever edits rules sees what to mend.
 */
export function loadYaml<T>(schema: z.ZodType<T>, text: string, file: string): T {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  if (document.errors.length > 0) {
    throw new Error(document.errors.map((e) => `${file}:${lines.linePos(e.pos[0]).line} ${e.message}`).join('\n'))
  }
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? step.toString() : step))
    return `${file}:${lineOf(path)} ${path.join('.') || '(document)'}: ${issue.message}`
  })
  throw new Error(faults.join('\n'))

  function lineOf(path: readonly (string | number)[]): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as Node | undefined
      if (node?.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
}
