import { BackLink, Layout } from '#platform/html'
import { formatName, type Patient } from '#modules/directory'

/** Where a patient asks about their record: not for staff to ask in their name. */
export function AskedHerePage({ patient }: { readonly patient: Patient }) {
  const title = `Here ${formatName(patient)} asks about their record`
  const record = `/practice/patients/${patient.patientId}/record`
  return (
    <Layout title={title} before={<BackLink href={`${record}/as-patient`} text="Back" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        The page tells everybody the same: that some information is not shown online for anyone, how
        to ask about it or for a copy, by when the surgery answers, and how to complain. Only the
        person who asked sees their requests there.
      </p>
      <p>
        <a href="/practice/disclosure/requests">What patients asked, for those who answer</a>
      </p>
    </Layout>
  )
}
