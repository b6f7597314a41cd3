import { accept, refuse, type Result } from '#kernel/result'
import { needsAuthoriser } from '../policy/policy.ts'
import { cappedGrant, type Grant, type IdentityMethod } from './methods.ts'

/** Why a grant cannot be made as asked. */
export type GrantRefusal = 'needs-authoriser' | 'above-identity'

/**
 * May this be given? Verifying who somebody is never authorises more of the record than was decided
 * beforehand, and no authoriser can pass over a weak proof of identity. Source: DOMAIN ACT-1, ID-6.
 */
export function decideGrant(
  asked: Grant,
  known: {
    readonly byDefault: Grant
    readonly method: IdentityMethod
    readonly mayAuthorise: boolean
  },
): Result<Grant, GrantRefusal> {
  const capped = cappedGrant(asked, known.method)
  if (
    capped.recordCurrent !== asked.recordCurrent ||
    capped.recordHistorical !== asked.recordHistorical
  )
    return refuse('above-identity')
  if (!known.mayAuthorise && needsAuthoriser(asked, known.byDefault))
    return refuse('needs-authoriser')
  return accept(asked)
}
