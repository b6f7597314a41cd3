import type { FastifyInstance, FastifyRequest } from 'fastify'
import { textHash } from '#kernel/keyed-hash'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { allot } from '../../domain/draw/allot.ts'
import { differences, drawnRecord, storedResults } from '../../queries/draw/audit.ts'
import { drawById } from '../../queries/draw/draws.ts'
import { requireId } from '../desk/desk-ids.ts'
import { AuditPage, type AuditModel } from './audit-page.tsx'

const path = '/practice/appointments/draws'

/** Checking a draw that is over: worked out again on a page, and everything to do so elsewhere. */
export function registerDrawAudit(app: FastifyInstance): void {
  app.get(`${path}/:id/audit`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, (tx) => checked(tx, request))
    return sendPage(reply, <AuditPage {...shown} />)
  })

  app.get(`${path}/:id/inputs.json`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const { draw, record, computed } = await app.db.transaction(acting, (tx) =>
      checked(tx, request),
    )
    const { drawId, seedHash, opensAt, closesAt, drawnAt } = draw
    const whole = {
      drawId,
      opensAt,
      closesAt,
      drawnAt,
      seedHash,
      seed: record.seed,
      ...record.inputs,
    }
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="draw-${drawId}.json"`)
      .send(JSON.stringify({ ...whole, result: computed }, undefined, 2))
  })
}

async function checked(
  tx: Tx<StaffActing<'publish-slots'>>,
  request: FastifyRequest,
): Promise<AuditModel> {
  const drawId = requireId<'Draw'>(request, 'id')
  const [draw, record] = [await drawById(tx, drawId), await drawnRecord(tx, drawId)]
  if (!draw || !record) throw new NotFound()
  const stored = await storedResults(tx, drawId)
  const computed = allot(record.inputs, record.seed)
  const different = differences(computed, stored)
  const isSameSeed = textHash(record.seed) === draw.seedHash
  await recordEvent(tx, {
    type: 'appointments.draw-checked',
    details: { drawId, different: different.length, isSameSeed },
  })
  return { draw, record, computed, different, isSameSeed, roles: await rolesOf(tx, tx.acting) }
}
