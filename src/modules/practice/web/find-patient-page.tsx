import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate } from '#kernel/time'
import { Button, Form, Input, Layout, Table } from '#platform/html'
import { formatName, type FoundPatient } from '#modules/directory'

/** Finds a patient by name or NHS number. */
export function FindPatientPage(props: {
  readonly search: string
  readonly found: readonly FoundPatient[]
}) {
  const { search, found } = props
  return (
    <Layout title="Find a patient">
      <h1 class="nhsuk-heading-l">Find a patient</h1>
      <Form action="/practice/patients" method="get">
        <Input
          id="search"
          name="search"
          label={{ text: 'Name or NHS number' }}
          hint={{ text: 'Beginning of a given or family name, or all 10 numbers' }}
          value={search}
          width={20}
        />
        <Button text="Find" />
      </Form>
      {search !== '' && <Found search={search} found={found} />}
    </Layout>
  )
}

function Found({
  search,
  found,
}: {
  readonly search: string
  readonly found: readonly FoundPatient[]
}) {
  if (found.length === 0) {
    return (
      <p>
        Nobody registered here is found for “{search}”. Check the spelling, or use the NHS number.
      </p>
    )
  }
  return (
    <Table
      caption={found.length === 50 ? 'The first 50 found' : `${found.length} found`}
      responsive
      head={[{ text: 'Name' }, { text: 'Born' }, { text: 'NHS number' }]}
      rows={found.map((patient) => [
        {
          header: 'Name',
          html: (
            <a href={`/practice/patients/${patient.patientId}`}>
              {patient.familyName.toUpperCase()}, {patient.givenName}
              <span class="nhsuk-u-visually-hidden"> ({formatName(patient)})</span>
            </a>
          ),
        },
        { header: 'Born', text: formatDate(patient.bornOn) },
        { header: 'NHS number', text: formatNhsNumber(patient.nhsNumber) },
      ])}
    />
  )
}
