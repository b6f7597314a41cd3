import { formatDate, localDateOf, minutesBefore } from '#kernel/time'
import { BackLink, Button, Form, InsetText, Layout, SummaryList } from '#platform/html'
import { ContactNote } from '#modules/access'
import { formatName, type Contact, type Patient, type Practice } from '#modules/directory'
import type { NewLinkage } from '../../commands/linkage/issue-linkage.ts'
import { formatAccountRef, formatLinkageKey } from '../../domain/linkage/details.ts'

/** Linkage details, shown once: to print or to read out. */
export function DetailsPage(props: {
  readonly patient: Patient
  readonly practice: Practice
  readonly made: NewLinkage
  readonly handedOver: 'letter' | 'phone' | 'text'
  /** How the patient may be reached. */
  readonly contact?: Contact | undefined
  /** For whom they are, where not for the patient. */
  readonly proxyName?: string
}) {
  const { patient, practice, made, handedOver } = props
  const name = formatName(patient)
  const title = `Sign-up details for ${props.proxyName ?? name}`
  const path = `/practice/patients/${patient.patientId}/online`
  return (
    <Layout title={title} before={<BackLink href={path} text={`Online services of ${name}`} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.proxyName === undefined && <ContactNote contact={props.contact} />}
      <SummaryList
        rows={[
          { key: { text: 'Surgery code' }, value: { text: practice.practice } },
          { key: { text: 'Account ID' }, value: { text: formatAccountRef(made.accountRef) } },
          { key: { text: 'Linkage key' }, value: { text: formatLinkageKey(made.key) } },
          { key: { text: 'Good until the end of' }, value: { text: lastDay(made.expiresAt) } },
        ]}
      />
      {handedOver === 'text' && (
        <p>
          A link to the sign-up page is sent to{' '}
          {props.contact?.email ??
            props.contact?.texts ??
            'nobody: there is no way that the patient can be told safely'}
          .
        </p>
      )}
      <Form action={`${path}/letter`} attributes={{ target: '_blank' }}>
        <input type="hidden" name="linkageId" value={made.linkageId} />
        <input type="hidden" name="key" value={made.key} />
        <Button text="Open the letter to print" />
      </Form>
      <InsetText text="These details are shown once. Only the person they are for should have them. If they are lost, make new ones: the old ones stop working." />
    </Layout>
  )
}

/** The last day on which details work. */
export function lastDay(expiresAt: Date): string {
  return formatDate(localDateOf(minutesBefore(expiresAt, 1)))
}
