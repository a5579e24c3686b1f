import { joinAxes } from '../../../policy/classification/strictness.ts'
import type { Axes } from '../../../policy/classification/strictness.ts'
import type { FieldClass } from '../../../policy/types.ts'

/**
 * A connection over a type and its edge. They are structure: at run time each field repeats the verdict of the field
 * that returned the connection. The class written on them is the strictest of those fields' (none: none is written,
 * and composition fails on them as on the fields).
 */
export function connectionSdl(node: string, classes: readonly FieldClass[]): string {
  const [first, ...others] = classes
  const written = first ? classified(joinAxes(first, ...others), first.owner, 'x-core.connection') : ''
  return `
    "Một trang các mục. A page of items."
    type ${node}Connection @shareable {
      "Các mục của trang này. Items of this page."
      nodes: [${node}] ${written}
      "Các mục kèm con trỏ. Items with their cursors."
      edges: [${node}Edge] ${written}
      "Thông tin trang. Where this page stands."
      pageInfo: PageInfo ${written}
    }
    "Một mục kèm con trỏ. An item with its cursor."
    type ${node}Edge @shareable {
      "Con trỏ đã niêm phong, dùng cho đối số after. Sealed cursor, for the argument after."
      cursor: String ${written}
      "Mục. The item."
      node: ${node} ${written}
    }`
}

/** One class for all subgraphs, or they would disagree; strict, so that whoever forgets the structure denies. */
const ofPageInfo = classified(
  { sharing: 'SHARED', importance: 'OTHER', secrecy: 'NONE', personal: ['B11'], inferring: [] },
  'BCA',
  'x-core.page-info',
)

/** Relay's PageInfo. */
export const pageInfoSdl = `
  "Thông tin trang. Where a page stands in its list."
  type PageInfo @shareable {
    "Còn trang sau. There is a next page."
    hasNextPage: Boolean ${ofPageInfo}
    "Còn trang trước. There is a previous page."
    hasPreviousPage: Boolean ${ofPageInfo}
    "Con trỏ của mục đầu. Cursor of the first item."
    startCursor: String ${ofPageInfo}
    "Con trỏ của mục cuối. Cursor of the last item."
    endCursor: String ${ofPageInfo}
  }`

function classified(axes: Axes, owner: string, dict: string): string {
  return `@classified(dict: "${dict}", sharing: ${axes.sharing}, importance: ${axes.importance},
    secrecy: ${axes.secrecy}, personal: [${axes.personal.join(', ')}], inferring: [${axes.inferring.join(', ')}],
    owner: ${JSON.stringify(owner)}, mask: KEEP, structure: true)`
}
