import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId, type Id } from '#kernel/id'
import type { Tx } from '#platform/db'
import { NotFound } from '#platform/http'
import { associationsOfPatient, rolesOf, type StaffActing } from '#modules/access'
import { patientById } from '#modules/directory'
import { lanes } from '../../domain/deciding/categories.ts'
import { recordAccess } from '../../queries/access-facts.ts'
import { entryInContext } from '../../queries/entry-in-context.ts'
import { decisionsOf, type QueueFilter } from '../../queries/review.ts'
import { answerAbout } from '../../queries/review/answers.ts'
import { disclosureSettings } from '../../queries/review/settings.ts'
import { queueKinds } from '../queue-page.tsx'
import type { ReviewModel } from '../review-model.ts'

const params = z.object({ entryId: z.string() })
const filterOf = z.object({
  lane: z.enum(lanes).optional().catch(undefined),
  kind: z.string().catch('').default(''),
  rule: z.string().max(60).catch('').default(''),
})

/** The entry that an address names, or leaves: not found. */
export function entryIdOf(request: FastifyRequest): Id<'Entry'> {
  const entryId = parseId<'Entry'>(params.parse(request.params).entryId)
  if (!entryId) throw new NotFound()
  return entryId
}

/** Which queue a person came from, and what it was narrowed to. */
export function parseFilter(given: unknown): QueueFilter {
  const { lane, kind, rule } = filterOf.parse(given ?? {})
  const known = queueKinds.find((one) => one === kind)
  return { ...(lane && { lane }), ...(known && { kind: known }), ...(rule && { rule }) }
}

/** Everything on the screen that decides about one entry; leaves where there is none. */
export async function reviewOf(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  entryId: Id<'Entry'>,
  filter: QueueFilter,
): Promise<ReviewModel> {
  const found = await entryInContext(tx, entryId)
  if (!found) throw new NotFound()
  const [patient, associations, history, access, answer, roles, settings] = await Promise.all([
    patientById(tx, found.patientId),
    associationsOfPatient(tx, found.patientId),
    decisionsOf(tx, entryId),
    recordAccess(tx, found.patientId),
    answerAbout(tx, entryId),
    rolesOf(tx, tx.acting),
    disclosureSettings(tx),
  ])
  if (!patient) throw new NotFound()
  return {
    patient,
    found,
    filter,
    history,
    access,
    roles,
    now: tx.now,
    staffId: tx.acting.staffId,
    wholeEntriesOnly: settings.wholeEntriesOnly,
    hasProxy: associations.some((one) => one.relation === 'proxy'),
    hasOwnAccount: associations.some((one) => one.relation === 'self'),
    ...(answer && { answer }),
  }
}
