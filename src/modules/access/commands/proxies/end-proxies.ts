import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { PatientId, StaffId } from '#modules/directory'
import type { ProxyId } from '../../queries/proxies/proxies.ts'

type ByStaff = Proof & { readonly staffId: StaffId }

interface EndedProxy {
  readonly proxyId: ProxyId
  readonly patientId: PatientId
  readonly associationId?: string
}

/**
 * Ends at once what one person of an employer may do, for every patient: they left. Gives how many
 * patients it was; none where the request is not there or not of an employer.
 */
export async function endLeaver(tx: Tx<ByStaff>, proxyId: ProxyId): Promise<number> {
  const ended = await tx.many<EndedProxy>(sql`
    update access.proxy
    set state = 'ended', reason = 'left-employer'
    from access.proxy meant
    where proxy.practice = ${tx.acting.practice}
      and meant.practice = ${tx.acting.practice}
      and meant.proxy_id = ${proxyId}
      and meant.employer is not null
      and lower(proxy.given_name) = lower(meant.given_name)
      and lower(proxy.family_name) = lower(meant.family_name)
      and proxy.born_on = meant.born_on
      and lower(proxy.employer) = lower(meant.employer)
      and proxy.state = 'allowed'
    returning proxy.proxy_id, proxy.patient_id, proxy.association_id
  `)
  await endAssociations(tx, ended, 'left-employer')
  for (const { patientId } of ended) await enqueue(tx, 'access.send-proxy-allowed', { patientId })
  return ended.length
}

/** Ends what one person may do for one patient, whether they signed up yet or not. Nobody is told. */
export async function endProxy(
  tx: Tx<ByStaff>,
  patientId: PatientId,
  proxyId: ProxyId,
): Promise<boolean> {
  const ended = await tx.many<EndedProxy>(sql`
    update access.proxy
    set state = 'ended', reason = 'surgery-ended'
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and proxy_id = ${proxyId}
      and state = 'allowed'
    returning proxy_id, patient_id, association_id
  `)
  await endAssociations(tx, ended, 'surgery-ended')
  return ended.length > 0
}

async function endAssociations(
  tx: Tx<ByStaff>,
  ended: readonly EndedProxy[],
  why: string,
): Promise<void> {
  const ids = ended.flatMap(({ associationId }) => (associationId ? [associationId] : []))
  await tx.run(sql`
    update access.association
    set ends_at = greatest(starts_at, ${tx.now}::timestamptz)
    where practice = ${tx.acting.practice}
      and association_id = any (${ids}::uuid[])
      and (ends_at is null or ends_at > ${tx.now})
  `)
  for (const { proxyId, patientId } of ended)
    await recordEvent(tx, {
      type: 'access.proxy-ended',
      about: patientId,
      details: { proxyId, why },
    })
}
