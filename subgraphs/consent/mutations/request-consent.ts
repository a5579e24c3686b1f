import type { GraphFacts } from '../../kit/types.ts'
import { granteeWithPurpose } from '../caller.ts'
import { termsFrom } from '../consent-terms.ts'
import type { ConsentDeps } from '../deps.ts'
import { insertRequest } from '../insert-request.ts'
import { mutation } from '../mutation.ts'
import { renderNotice, type NoticeFacts } from '../notice.ts'
import { recordEvent } from '../record-event.ts'
import { openId, rowOf } from '../rows.ts'
import { scopeOf, type Scope } from '../scope.ts'
import { consentRequest } from '../tables.ts'
import { refuse } from '../user-error.ts'

/**
 * Asks a person for consent, for the organisation and purpose of the caller. Answers the same whether the person
 * exists, is dead or stays silent: only they can make it more than a request.
 */
export const requestConsent = (deps: ConsentDeps) =>
  mutation(async (client, args, context) => {
    const { org, orgKind, purpose: code, clientId } = granteeWithPurpose(context.principal)
    const { graph, clock } = context.services
    const purpose = deps.purposes.get(code)
    if (purpose?.basis !== 'CONSENT') return refuse('PURPOSE_NOT_ALLOWED', notByConsent)
    const terms = termsFrom(args['input'], clock())
    const scope = scopeOf(terms.coordinates, graph, orgKind, ['input', 'coordinates'])
    const grantee = deps.organisations.get(org) ?? { id: org, vi: org, en: org }
    const consequence = { vi: terms.refusalConsequence, en: terms.refusalConsequenceEn }
    const notice = renderNotice({ ...terms, grantee, purpose, consequence, items: itemsOf(scope, deps, graph) })
    const replaces =
      terms.replaces === null ? null : openId(terms.replaces, 'ConsentRequest', context, ['input', 'replaces'])
    const { schemaHash } = graph
    const request = { terms, scope, notice, grantee, purpose, app: clientId, replaces, schemaHash }
    const consentId = await insertRequest(client, request)
    await recordEvent(client, context, {
      operation: 'requestConsent',
      subjects: [terms.subject],
      coordinates: scope.coordinates,
      level: scope.level,
      consentId,
      version: 1,
    })
    return { request: rowOf(consentRequest, consentId) }
  })

const notByConsent = { vi: 'mục đích này không dựa trên sự đồng ý', en: 'this purpose does not rest on consent' }

function itemsOf(scope: Scope, deps: ConsentDeps, graph: GraphFacts): NoticeFacts['items'] {
  return scope.coordinates.map((coordinate) => {
    const { dict = coordinate, owner = '' } = scope.classes.get(coordinate) ?? {}
    return {
      coordinate,
      name: graph.names.get(dict) ?? { vi: coordinate, en: coordinate },
      holder: deps.organisations.get(owner) ?? { vi: owner, en: owner },
      isSensitive: scope.sensitive.includes(coordinate),
      isInWriting: scope.inWriting.includes(coordinate),
    }
  })
}
