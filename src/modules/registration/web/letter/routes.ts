import type { FastifyInstance } from 'fastify'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { NotFound, typedText } from '#platform/http'
import { requireStaff } from '#modules/access'
import { contactOf, formatName, ownPractice, type Contact, type Patient } from '#modules/directory'
import { hashLinkageKey } from '../../commands/linkage/issue-linkage.ts'
import { formatAccountRef, formatLinkageKey, signUpPath } from '../../domain/linkage/details.ts'
import { linkageToPrint, type PrintedLinkage } from '../../queries/linkage.ts'
import { lastDay } from '../desk/details-page.tsx'
import { patientMeant } from '../desk/routes.tsx'
import { signUpLetterPdf } from './letter-pdf.ts'

/** The letter with linkage details, for whoever still has the key on their screen. */
export function registerLetter(app: FastifyInstance, publicUrl: string): void {
  app.post('/practice/patients/:patientId/online/letter', async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const { body } = request
    const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
    const key = typed['key'] ?? ''
    const linkageId = parseId<'Linkage'>(typed['linkageId'])
    const letter = await app.db.transaction(acting, async (tx) => {
      const patient = await patientMeant(tx, request.params)
      const { patientId } = patient
      const stored = linkageId && (await linkageToPrint(tx, patientId, linkageId))
      const practice = await ownPractice(tx)
      if (!practice || !stored || stored.keyHash !== hashLinkageKey(key)) throw new NotFound()
      await recordEvent(tx, {
        type: 'registration.letter-printed',
        about: patientId,
        details: { linkageId },
      })
      const { accountRef } = stored
      const siteUrl = publicUrl.replace(/\/$/, '')
      return {
        practice,
        ...addresseeOf(patient, stored, await contactOf(tx, patientId)),
        accountRef: formatAccountRef(accountRef),
        key: formatLinkageKey(key),
        lastDay: lastDay(stored.expiresAt),
        siteUrl,
        link: `${siteUrl}${signUpPath({ practice: practice.practice, accountRef, key })}`,
        madeAt: tx.now,
      }
    })
    return reply
      .type('application/pdf')
      .header('content-disposition', 'inline; filename="letter.pdf"')
      .send(await signUpLetterPdf(letter))
  })
}

/**
 * A proxy's letter has no address: where the patient lives is not theirs to know (PX-9). The
 * patient's own has the one where letters are safe, or none.
 */
function addresseeOf(
  patient: Patient,
  { proxyGivenName, proxyFamilyName }: PrintedLinkage,
  contact: Contact | undefined,
) {
  if (proxyGivenName !== undefined && proxyFamilyName !== undefined) {
    const name = formatName({ givenName: proxyGivenName, familyName: proxyFamilyName })
    return { patientName: name, addressLines: [] }
  }
  const addressLines = [...(contact?.addressLines ?? []), contact?.postcode ?? ''].filter(Boolean)
  return { patientName: formatName(patient), addressLines }
}
