import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { NotFound, sendPage } from '#platform/http'
import { associationsOfPatient, requireStaff } from '#modules/access'
import { patientById } from '#modules/directory'
import { explainToApp } from '../../domain/deciding/app-view.ts'
import { explain } from '../../domain/deciding/explain.ts'
import type { Section } from '../../domain/entry.ts'
import { sections } from '../../domain/sections.ts'
import { recordAccess } from '../../queries/access-facts.ts'
import type { PatientReader } from '../../queries/entries.ts'
import { explainedEntries, seenOf } from '../../queries/review/seen-by.ts'
import { AskedHerePage } from './asked-here-page.tsx'
import { SeenByPage } from './seen-by-page.tsx'

const pageSize = 50
const params = z.object({ patientId: z.string() })
const query = z.object({
  as: z.string().optional().catch(undefined),
  parts: z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat())
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

/**
 * What each person who can sign in sees of a record, entry by entry, with the reason. Read with that
 * person's own role, level and account, so that it is what they see and not what is thought.
 */
export function registerSeenBy(app: FastifyInstance): void {
  app.get('/practice/patients/:patientId/record/as-patient/ask', async (request, reply) => {
    const acting = await requireStaff(request, 'view-record')
    const patientId = parseId<'Patient'>(params.parse(request.params).patientId)
    if (!patientId) throw new NotFound()
    const patient = await app.db.transaction(acting, async (tx) => {
      const found = await patientById(tx, patientId)
      if (found) await recordEvent(tx, { type: 'record.seen-as-patient', about: patientId })
      return found
    })
    if (!patient) throw new NotFound()
    return sendPage(reply, <AskedHerePage patient={patient} />)
  })

  app.get('/practice/patients/:patientId/record/seen-by', async (request, reply) => {
    const acting = await requireStaff(request, 'view-record')
    const patientId = parseId<'Patient'>(params.parse(request.params).patientId)
    const { as, page, parts } = query.parse(request.query)
    if (!patientId) throw new NotFound()
    const staffSide = await app.db.transaction(acting, async (tx) => {
      const patient = await patientById(tx, patientId)
      if (!patient) throw new NotFound()
      const readers = await associationsOfPatient(tx, patientId)
      const reader = readers.find((one) => one.accountId === as) ?? readers[0]
      const isApp = as === 'app' && reader?.relation === 'self'
      const appParts = isApp ? partsOf(parts) : undefined
      const [rows, access] = await Promise.all([
        explainedEntries(tx, patientId, { page, size: pageSize }),
        reader && recordAccess(tx, patientId, reader.accountId),
        recordEvent(tx, {
          type: 'record.seen-by-viewed',
          about: patientId,
          details: {
            ...(reader && { accountId: reader.accountId }),
            ...(isApp && { asApp: true }),
          },
        }),
      ])
      return { patient, readers, reader, rows, access, appParts }
    })
    const { access, rows, appParts } = staffSide
    const shown = rows.slice(0, pageSize)
    const proof: PatientReader = {
      role: 'po_patient',
      practice: acting.practice,
      actor: acting.actor,
      patientId,
      ...(access?.accountId && { accountId: access.accountId }),
    }
    const seen = access
      ? await app.db.transaction(proof, (tx) =>
          seenOf(
            { tx, grants: [access.grant] },
            shown.map((row) => row.entryId),
          ),
        )
      : undefined
    const lines = shown.map((row) => {
      const own = seen?.get(row.entryId)
      const explained = explain(row, own, access?.grant)
      return {
        row,
        explanation: appParts ? explainToApp(explained, own, access?.grant, appParts) : explained,
      }
    })
    const hasMore = rows.length > pageSize
    return sendPage(reply, <SeenByPage {...staffSide} {...{ lines, page, hasMore }} />)
  })
}

/** The parts named in an address; all of them where none is. */
function partsOf(named: readonly string[] | undefined): readonly Section[] {
  return sections
    .map(({ section }) => section)
    .filter((section) => named === undefined || named.includes(section))
}
