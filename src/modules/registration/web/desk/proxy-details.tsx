import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { newId, parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Layout,
  messageFor,
  Radios,
  type Fault,
} from '#platform/html'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { proxiesOfPatient, requireStaff, type Proxy, type StaffActing } from '#modules/access'
import { formatName, ownPractice, type Patient } from '#modules/directory'
import { issueProxyLinkage } from '../../commands/linkage/issue-linkage.ts'
import { DetailsPage } from './details-page.tsx'
import { patientMeant } from './routes.tsx'
import { methodWords } from './words.ts'

const path = '/practice/patients/:patientId/proxies/:proxyId/details'
const form = z.object({
  linkageId: z.string(),
  method: z.enum(['documents', 'vouching', 'vouching-with-confirmation', 'remote-vouching'], {
    error: 'Choose how you know who this is',
  }),
  handedOver: z.enum(['letter', 'phone'], { error: 'Choose how to hand the details over' }),
})

/** Checking who a proxy is, and handing them details of their own. */
export function registerProxyDetails(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const shown = await app.db.transaction(acting, async (tx) => {
      const found = await proxyMeant(tx, request.params)
      await recordEvent(tx, { type: 'access.proxies-viewed', about: found.patient.patientId })
      return { ...found, linkageId: newId(tx.now) }
    })
    return sendPage(reply, <ProxyDetailsPage {...shown} />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const given = parseForm(form, request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const found = await proxyMeant(tx, request.params)
      const practice = await ownPractice(tx)
      if (!practice) throw new NotFound()
      const again = { ...found, practice, linkageId: newId<'Linkage'>(tx.now), made: undefined }
      if (!given.ok) return { ...again, faults: given.refusal.faults }
      const linkageId = parseId<'Linkage'>(given.value.linkageId) ?? again.linkageId
      const order = { ...found, ...given.value, linkageId }
      const made = await issueProxyLinkage(tx, order)
      if (made.ok) return { ...again, made: made.value, faults: [] }
      return { ...again, faults: [{ field: 'method', message: refused[made.refusal] }] }
    })
    const { made, faults, patient, proxy, practice, linkageId } = outcome
    if (!made)
      return sendPage(reply, <ProxyDetailsPage {...{ patient, proxy, linkageId, faults }} />, 400)
    const handedOver = given.ok ? given.value.handedOver : 'letter'
    return sendPage(
      reply,
      <DetailsPage {...{ patient, practice, made, handedOver }} proxyName={formatName(proxy)} />,
    )
  })
}

const refused = {
  'not-registered': 'Nothing was made: nothing of this patient can be used online now',
  'not-allowed': 'Nothing was made: they have an account already, or may not act any more',
  'made-already':
    'These details were made already. If they were not printed or read out, make new ones',
} as const

async function proxyMeant(
  tx: Tx<StaffActing>,
  params: unknown,
): Promise<{ readonly patient: Patient; readonly proxy: Proxy }> {
  const patient = await patientMeant(tx, params)
  const proxyId = parseId<'Proxy'>(z.object({ proxyId: z.string() }).parse(params).proxyId)
  const all = await proxiesOfPatient(tx, patient.patientId)
  const proxy = all.find((one) => one.proxyId === proxyId)
  if (!proxy) throw new NotFound()
  return { patient, proxy }
}

function ProxyDetailsPage(props: {
  readonly patient: Patient
  readonly proxy: Proxy
  readonly linkageId: string
  readonly faults?: readonly Fault[]
}) {
  const { patient, proxy, faults } = props
  const { 'nhs-login': _, ...methods } = methodWords
  const title = `Sign-up details for ${formatName(proxy)}`
  const back = `/practice/patients/${patient.patientId}/online`
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={back} text={`Online services of ${formatName(patient)}`} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>They act for {formatName(patient)}. Check who they are themself.</p>
      <Form action={`/practice/patients/${patient.patientId}/proxies/${proxy.proxyId}/details`}>
        <input type="hidden" name="linkageId" value={props.linkageId} />
        <Radios
          name="method"
          small
          fieldset={{ legend: { text: 'How do you know who this is?', size: 'm' } }}
          items={Object.entries(methods).map(([value, text]) => ({ value, text }))}
          errorMessage={messageFor(faults, 'method')}
        />
        <Radios
          name="handedOver"
          small
          fieldset={{ legend: { text: 'How do you hand the details over?', size: 'm' } }}
          items={[
            { value: 'letter', text: 'On paper' },
            { value: 'phone', text: 'Read out, now' },
          ]}
          errorMessage={messageFor(faults, 'handedOver')}
        />
        <Button text="Make sign-up details" preventDoubleClick />
      </Form>
    </Layout>
  )
}
