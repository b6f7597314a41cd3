import { formatDate } from '#kernel/time'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
  Radios,
  type Fault,
} from '#platform/html'
import type { StoredSharing } from '../../queries/proxies/sharing-policy.ts'

/** What the practice leaves to its patients about who acts for them, and what they read of who looked. */
export function SharingSettingsPage(props: {
  readonly policy: StoredSharing
  readonly isSaved?: boolean
  readonly faults?: readonly Fault[]
}) {
  const { policy, faults } = props
  const title = 'What patients may decide themselves'
  const back = <BackLink href="/practice/online/proxies" text="People who act for patients" />
  return (
    <Layout title={title} hasErrors={faults !== undefined} before={back}>
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.isSaved === true && <InsetText text="Saved. It holds from now on." />}
      <p>
        {policy.changedAt
          ? `Last changed on ${formatDate(policy.changedAt)}.`
          : 'Nobody has changed this yet.'}{' '}
        Nobody’s access changes by saving. What patients invited to already waits as is chosen here
        now.
      </p>
      <Form action="/practice/online/sharing">
        <Radios
          name="patientsGrant"
          idPrefix="patientsGrant"
          fieldset={{ legend: { text: 'May patients let somebody act for them?', size: 'm' } }}
          value={policy.patientsGrant}
          items={[
            { value: 'off', text: 'No: they ask at the desk' },
            {
              value: 'confirm',
              text: 'They invite, and staff confirm',
              hint: { text: 'It opens once the person has accepted and staff have confirmed' },
            },
            {
              value: 'alone',
              text: 'They decide alone',
              hint: {
                text: 'From 16 on. Staff see whom they invite, and may refuse or end it. Nobody gives more than they have',
              },
            },
          ]}
          errorMessage={messageFor(faults, 'patientsGrant')}
        />
        <Radios
          name="namesStaff"
          idPrefix="namesStaff"
          fieldset={{ legend: { text: 'What do patients read of staff who looked?', size: 'm' } }}
          value={policy.namesStaff ? 'yes' : 'no'}
          items={[
            { value: 'no', text: 'Their work, such as receptionist' },
            { value: 'yes', text: 'Their name and their work' },
          ]}
          errorMessage={messageFor(faults, 'namesStaff')}
        />
        <Button text="Save" preventDoubleClick />
      </Form>
    </Layout>
  )
}
