import { mutation } from '../mutation.ts'
import { rowOf } from '../rows.ts'
import { standingIn } from '../standing.ts'
import { takeStep } from '../step.ts'
import { consent } from '../tables.ts'

type Ending = { operation: string; state: 'REFUSED' | 'RESTRICTED' | 'REVOKED'; already: readonly string[] }

/**
 * Refusing, restricting and withdrawing: open to the subject and to a representative, at any authentication level, in
 * one step, whatever else is out of order. Doing it twice is no error.
 */
const ending = ({ operation, state, already }: Ending) =>
  mutation(async (client, args, context) => {
    const { consentId } = args['input'] as { consentId: string }
    const standing = await standingIn(client, consentId, context)
    if (!already.includes(standing.state)) await takeStep(client, context, standing, { operation, state })
    return { consent: rowOf(consent, standing.id, { subject: [standing.subject] }), state }
  })

/** Says no to a request. */
export const refuseConsent = ending({ operation: 'refuseConsent', state: 'REFUSED', already: ['REFUSED'] })

/** Stops values from being read; a yes or no stays possible (Law 91/2025 Art. 10; what is left is a proposal). */
export const restrictConsent = ending({ operation: 'restrictConsent', state: 'RESTRICTED', already: ['RESTRICTED'] })

/** Ends a consent at once, for the future (Law 91/2025 Art. 10). */
export const withdrawConsent = ending({ operation: 'withdrawConsent', state: 'REVOKED', already: ['REVOKED'] })
