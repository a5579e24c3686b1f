import type { OperationDefinitionNode } from 'graphql'
import { problem } from '../errors.ts'
import { most } from './limits.ts'
import { operationSize, type Measured, type OperationSize } from './operation-size.ts'
import { tooComplex } from './source-limits.ts'

/** A valid document with the operation that was chosen of it: none where `operationName` names none. */
export type Chosen = Omit<Measured, 'operation'> & { operation: OperationDefinitionNode | null | undefined }

/** An operation within the limits; where it `isFixed`, it is so whatever its variables are. */
export type Bounded = { operation: OperationDefinitionNode; isFixed: boolean }

/**
 * The operation, where it keeps within the limits. Throws BAD_USER_INPUT where there is none or a page has no possible
 * size, QUERY_TOO_COMPLEX where it is too large to be planned.
 */
export function boundedOperation({ operation, ...asked }: Chosen): Bounded {
  if (operation == null) {
    throw problem('BAD_USER_INPUT', {
      vi: 'operationName không chỉ đúng một thao tác của truy vấn',
      en: 'operationName does not name one operation of the document',
    })
  }
  const size = operationSize({ ...asked, operation })
  checkSize(size)
  return { operation, isFixed: size.isFixed }
}

function checkSize(size: OperationSize): void {
  if (size.pages.some((rows) => !Number.isInteger(rows) || rows < 1 || rows > most.page)) {
    throw problem('BAD_USER_INPUT', {
      vi: `mỗi trang từ 1 đến ${most.page} dòng`,
      en: `a page has from 1 to ${most.page} rows`,
    })
  }
  if (size.roots > most.roots) throw tooComplex('số trường gốc', 'root fields', most.roots)
  if (size.introspections > most.introspections)
    throw tooComplex('số câu hỏi về lược đồ', 'questions about the schema', most.introspections)
  if (size.depth > most.depth) throw tooComplex('độ sâu', 'levels', most.depth)
  if (size.fields > most.fields) throw tooComplex('số trường', 'fields', most.fields)
  if (size.cost > most.cost) throw tooComplex('số giá trị có thể trả', 'possible values', most.cost)
}
