import { formatDayAndTime } from '#kernel/time'
import { Layout, Table } from '#platform/html'
import type { OwnerMail } from '../queries/accounts.ts'

export interface DemoPerson {
  readonly name: string
  readonly email: string
  readonly face: 'patient' | 'practice'
  readonly code: string
}

/** Who can be signed in as in a demonstration, with the code that works now. */
export function DemoPage(props: {
  readonly people: readonly DemoPerson[]
  readonly password: string
  readonly mail: readonly OwnerMail[]
}) {
  const title = 'Try Patient Online'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>Everyone here is made up. Nothing you do reaches a real GP surgery.</p>
      <p>
        Password for everyone: <strong>{props.password}</strong>
      </p>
      <p>Each code works once, for about a minute. Reload this page for the newest.</p>
      <p>
        Patients can also continue with NHS login, whose part a stand-in plays here: choose the same
        people there, at any level of proof.
      </p>
      <People people={props.people.filter((person) => person.face === 'patient')} face="patient" />
      <People
        people={props.people.filter((person) => person.face === 'practice')}
        face="practice"
      />
      <Mail mail={props.mail} />
    </Layout>
  )
}

function Mail({ mail }: { readonly mail: readonly OwnerMail[] }) {
  if (mail.length === 0) return null
  return (
    <Table
      caption="E-mails to the owners of accounts"
      responsive
      head={['When', 'To', 'Subject', 'Words'].map((text) => ({ text }))}
      rows={mail.map((one) => [
        { header: 'When', text: formatDayAndTime(one.writtenAt) },
        { header: 'To', text: one.sentTo },
        { header: 'Subject', text: one.subject },
        { header: 'Words', text: one.body },
      ])}
    />
  )
}

function People(props: {
  readonly people: readonly DemoPerson[]
  readonly face: 'patient' | 'practice'
}) {
  const isStaff = props.face === 'practice'
  return (
    <>
      <Table
        caption={isStaff ? 'Practice staff' : 'Patients'}
        responsive
        head={[{ text: 'Name' }, { text: 'Email address' }, { text: 'Code now' }]}
        rows={props.people.map((person) => [
          { header: 'Name', text: person.name },
          { header: 'Email address', text: person.email },
          { header: 'Code now', text: person.code },
        ])}
      />
      <p>
        <a href={isStaff ? '/practice/sign-in' : '/sign-in'}>
          {isStaff ? 'Sign in to the practice site' : 'Sign in as a patient'}
        </a>
      </p>
    </>
  )
}
