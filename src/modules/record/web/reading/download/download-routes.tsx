import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { localDateOf } from '#kernel/time'
import { NotFound, sendPage } from '#platform/http'
import type { Tx } from '#platform/db'
import { ownDetails } from '#modules/directory'
import type { Acting } from '#modules/access'
import { bundleOf } from '../../../domain/reading/fhir/bundle.ts'
import { areaOf, sections, type SectionFacts } from '../../../domain/sections.ts'
import type { RecordAccess } from '../../../queries/access-facts.ts'
import { entriesOfKinds } from '../../../queries/entries.ts'
import { lookAt } from '../look.tsx'
import { isWithheld, opennessOf } from '../record-frame.tsx'
import type { Looking } from '../record-pages.tsx'
import { DownloadPage } from './download-page.tsx'
import { kindsOf, mostExported, parseScope, type RecordExport, type Scope } from './export-model.ts'
import { PreviewPage } from './preview-page.tsx'
import { recordPdf } from './record-pdf.ts'

/** Printing and downloading a chosen part of the record, after seeing all of it. Source: DOMAIN RA-9, RA-10. */
export function registerDownloads(app: FastifyInstance): void {
  app.get('/record/download', async (request, reply) => {
    const scope = parseScope(request.query)
    const page = await lookAt(app, request, 'download-viewed', async ({ seat, access }) => (
      <DownloadPage seat={seat} open={openParts(access)} scope={scope} isNothingChosen={false} />
    ))
    return sendPage(reply, page)
  })

  app.get('/record/download/preview', async (request, reply) => {
    const scope = parseScope(request.query)
    const { page, status } = await lookAt(
      app,
      request,
      'download-previewed',
      async (looking, tx) => {
        const { seat, access } = looking
        const open = openParts(access)
        if (chosenOf(open, scope).length === 0) {
          const again = <DownloadPage seat={seat} open={open} scope={scope} isNothingChosen />
          return { page: again, status: 400 }
        }
        const made = await exportOf(looking, tx, scope)
        return { page: <PreviewPage seat={seat} made={made} />, status: 200 }
      },
    )
    return sendPage(reply, page, status)
  })

  app.get('/record/download/record.pdf', async (request, reply) => {
    const made = await madeFor(app, request, 'record-downloaded-pdf')
    return attach(reply, 'application/pdf', `health-record-${localDateOf(made.madeAt)}.pdf`).send(
      await recordPdf(made),
    )
  })

  app.get('/record/download/record.json', async (request, reply) => {
    const made = await madeFor(app, request, 'record-downloaded-fhir')
    const name = `health-record-${localDateOf(made.madeAt)}.json`
    return attach(reply, 'application/fhir+json; charset=utf-8', name).send(
      JSON.stringify(bundleOf(made.patient, made.entries, made.madeAt)),
    )
  })
}

function madeFor(app: FastifyInstance, request: FastifyRequest, viewed: string) {
  return lookAt(app, request, viewed, (looking, tx) =>
    exportOf(looking, tx, parseScope(request.query)),
  )
}

function attach(reply: FastifyReply, type: string, name: string): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .type(type)
}

function openParts(access: RecordAccess): readonly SectionFacts[] {
  return sections.filter(
    ({ kinds, section }) => opennessOf(kinds, access) !== 'none' && !isWithheld(access, section),
  )
}

function chosenOf(open: readonly SectionFacts[], { parts }: Scope): readonly SectionFacts[] {
  return open.filter(({ section }) => parts.includes(section))
}

async function exportOf(
  { reader, access }: Looking,
  tx: Tx<Acting<'record'>>,
  scope: Scope,
): Promise<RecordExport> {
  const chosen = chosenOf(openParts(access), scope)
  if (chosen.length === 0) throw new NotFound()
  const { fromYear, untilYear } = scope
  const [found, patient] = await Promise.all([
    entriesOfKinds(reader, kindsOf(chosen), {
      page: 1,
      size: mostExported,
      withNotes: true,
      ...(fromYear && { fromYear }),
      ...(untilYear && { untilYear }),
    }),
    ownDetails(tx, tx.acting.patientId),
  ])
  if (!patient) throw new NotFound()
  const parts = chosen.map(({ section }) => section)
  const { patientId, givenName, familyName, bornOn, sex, nhsNumber } = patient
  return {
    patient: {
      patientId,
      givenName,
      familyName,
      bornOn,
      sex,
      ...(tx.acting.as === 'self' && { nhsNumber }),
    },
    madeAt: tx.now,
    scope: { ...scope, parts },
    // A kind stands in more than one part: a note of a consultation is no measurement.
    entries: found.entries.filter((entry) => parts.includes(areaOf(entry))),
    isCut: found.hasMore,
  }
}
