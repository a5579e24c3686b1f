import { problem } from '../../policy/errors.ts'
import { limits } from '../limits.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'
import { operationSize, type OperationSize } from './operation-size.ts'
import { tooComplex } from './source-limits.ts'

/**
 * Bounds an operation after validation and before planning, which is synchronous and would stop everybody else. `sizes`
 * says how long lists without pages are taken to be, by `Type.field`.
 */
export function operationLimits(sizes: ReadonlyMap<string, number>): GraphqlPlugin {
  return {
    name: 'operation-limits',
    onOperation: ({ schema, document, operation, request }) => {
      if (operation === undefined) {
        throw problem('BAD_USER_INPUT', {
          vi: 'operationName không chỉ đúng một thao tác của truy vấn',
          en: 'operationName does not name one operation of the document',
        })
      }
      bounded(operationSize({ schema, document, operation, variables: request.variables ?? {}, sizes }))
    },
  }
}

function bounded(size: OperationSize): void {
  if (size.pages.some((rows) => !Number.isInteger(rows) || rows < 1 || rows > limits.page)) {
    throw problem('BAD_USER_INPUT', {
      vi: `mỗi trang từ 1 đến ${limits.page} dòng`,
      en: `a page has from 1 to ${limits.page} rows`,
    })
  }
  if (size.roots > limits.roots) throw tooComplex('số trường gốc', 'root fields', limits.roots)
  if (size.introspections > limits.introspections)
    throw tooComplex('số câu hỏi về lược đồ', 'questions about the schema', limits.introspections)
  if (size.depth > limits.depth) throw tooComplex('độ sâu', 'levels', limits.depth)
  if (size.fields > limits.fields) throw tooComplex('số trường', 'fields', limits.fields)
  if (size.cost > limits.cost) throw tooComplex('số giá trị có thể trả', 'possible values', limits.cost)
}
