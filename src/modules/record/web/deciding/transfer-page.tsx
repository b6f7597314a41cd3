import { BackLink, Button, Layout } from '#platform/html'
import { formatName, type Patient } from '#modules/directory'

/** What goes to another practice, and how much of it with the label. */
export function TransferPage(props: {
  readonly patient: Patient
  readonly entries: number
  /** Entries that have the form in which a GP system gave them. */
  readonly sent: number
  readonly keptBack: number
}) {
  const { patient, entries, sent, keptBack } = props
  const title = `The record of ${formatName(patient)} for another practice`
  const path = `/practice/patients/${patient.patientId}/record`
  return (
    <Layout title={title} before={<BackLink href={path} text="Back to the record" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        A FHIR file of the {sent} entries, of {entries}, that GP systems gave in that form.{' '}
        {keptBack} of them carry the label NOPAT, because staff here keep them, or a part of them,
        from the patient. Marks that came with an entry stay on it.
      </p>
      <p>
        Another practice’s system has to honour the label. Tell them what it is for if you are not
        sure that theirs does.
      </p>
      <Button text="Download the file" href={`${path}/transfer.json`} />
    </Layout>
  )
}
