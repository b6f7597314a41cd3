import { formatDate, formatDayAndTime } from '#kernel/time'
import {
  BackLink,
  Button,
  DateInput,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  Select,
  SummaryList,
  type Fault,
} from '#platform/html'
import type { NhsLoginFacts } from '#modules/accounts'
import { formatName } from '#modules/directory'
import type { Asked } from '../../queries/asked.ts'

/** Asking a GP surgery for sign-up details. */
export function AskPage(props: {
  readonly typed: Readonly<Record<string, string>>
  readonly faults?: readonly Fault[]
  /** What NHS login says of whoever asks: it is not asked again. */
  readonly known?: NhsLoginFacts | undefined
}) {
  const { typed, faults, known } = props
  const title = 'Ask for sign-up details'
  const field = (name: string, label: string, hint?: string) => (
    <Input
      id={name}
      name={name}
      label={label}
      {...(hint !== undefined && { hint })}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href="/sign-up" text="Back" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>Your GP surgery contacts you, and checks who you are before it gives you details.</p>
          <Form action="/sign-up/ask">
            <Input
              id="practice"
              name="practice"
              label="Surgery code"
              hint="Like A81001. The surgery can tell you"
              value={typed['practice'] ?? known?.practice}
              errorMessage={messageFor(faults, 'practice')}
            />
            {known ? (
              <KnownPerson known={known} />
            ) : (
              <>
                {field('givenName', 'First name')}
                {field('familyName', 'Last name')}
                <DateInput
                  id="born"
                  fieldset={{ legend: { text: 'Date of birth' } }}
                  hint="For example, 27 3 1984"
                  values={typed}
                  errorMessage={messageFor(faults, 'born-day')}
                />
              </>
            )}
            {field('postcode', 'Postcode')}
            {field('reachAt', 'Phone number or email address', 'One that nobody else answers')}
            <Button text="Ask my GP surgery" preventDoubleClick />
          </Form>
        </div>
      </div>
    </Layout>
  )
}

function KnownPerson({ known }: { readonly known: NhsLoginFacts }) {
  const { givenName = '', familyName = '', bornOn } = known
  return (
    <SummaryList
      rows={[
        { key: { text: 'Name' }, value: { text: formatName({ givenName, familyName }).trim() } },
        { key: { text: 'Date of birth' }, value: { text: bornOn ? formatDate(bornOn) : '' } },
      ]}
    />
  )
}

/** Told to everybody who asked, whether or not anybody is found. */
export function AskedPage({ onward }: { readonly onward?: string }) {
  const title = 'We have passed on your request'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        If you are registered at that GP surgery, it will contact you, usually within 3 working
        days. Have something with your photograph and something with your address ready.
      </p>
      <p>To be quicker, go in with both. You can do everything by phone or in person too.</p>
      {onward !== undefined && (
        <>
          <h2 class="nhsuk-heading-m">One appointment before that</h2>
          <p>
            You can book one appointment now, before the surgery has checked who you are. You see
            nothing else until then.
          </p>
          <Button text="Book one appointment" href={onward} />
        </>
      )}
    </Layout>
  )
}

/** Who asked for details, at the practice: each is checked and signed up, or closed. */
export function AskedListPage({ asked }: { readonly asked: readonly Asked[] }) {
  const title = 'Asked to sign up'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>What they typed proves nothing. Check who they are before you hand anything out.</p>
      {asked.length === 0 && <p>Nobody is waiting.</p>}
      {asked.map((one) => {
        const name = formatName(one)
        return (
          <section aria-labelledby={one.askedId}>
            <h2 class="nhsuk-heading-m" id={one.askedId}>
              {name}
            </h2>
            <p>
              Born {formatDate(one.bornOn)}, {one.postcode}. Reach them at {one.reachAt}. Asked on{' '}
              {formatDayAndTime(one.askedAt)}.
            </p>
            <p>
              {one.patientId ? (
                <a href={`/practice/patients/${one.patientId}/online/sign-up`}>
                  Check who {name} is, and sign them up
                </a>
              ) : (
                'Not one patient has this last name and date of birth: look for them by hand.'
              )}
            </p>
            <Form action={`/practice/sign-ups/${one.askedId}`}>
              <Select
                id={`outcome-${one.askedId}`}
                name="outcome"
                label={`What came of it, for ${name}`}
                items={[
                  { value: 'signed-up', text: 'Signed up' },
                  { value: 'not-reached', text: 'Could not be reached' },
                  { value: 'not-found', text: 'Not a patient here' },
                ]}
              />
              <Button
                text="Close"
                variant="secondary"
                attributes={{ 'aria-label': `Close: ${name}` }}
              />
            </Form>
          </section>
        )
      })}
    </Layout>
  )
}
