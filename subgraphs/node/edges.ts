import { isInterfaceType } from 'graphql'
import { problem } from '../../policy/errors.ts'
import type { SubgraphDefinition } from '../kit/types.ts'

/**
 * `node(id:)`: the id is opened for the caller and handed on as a stub; nothing is read, so what exists and what
 * doesn't look alike (design I4). A forged or foreign id, or one of another type, is BAD_USER_INPUT.
 */
export const edges: SubgraphDefinition['edges'] = {
  Query: {
    node: {
      kind: 'resolve',
      resolve: (_parent, args, { services: { ids }, principal }, { schema }) => {
        const id = String(args['id'])
        const type = ids.typeOf(id)
        const node = schema.getType('Node')
        const isNode = isInterfaceType(node) && schema.getPossibleTypes(node).some((possible) => possible.name === type)
        if (type === null || !isNode || ids.open(id, type, principal.audience) === null) throw unusable()
        return { __typename: type, id }
      },
    },
  },
}

const unusable = () =>
  problem('BAD_USER_INPUT', { vi: 'mã định danh không dùng được ở đây', en: 'the id is not valid here' })
