import { formatDate, localDateOf, minutesBefore } from '#kernel/time'
import {
  BackLink,
  Button,
  Checkboxes,
  DateInput,
  Details,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  Radios,
  Select,
  SummaryList,
  type Fault,
} from '#platform/html'
import type { MadeInvitation } from '../../commands/proxies/invite.ts'
import type { ProxyReach } from '../../domain/proxies/reach.ts'
import { recordLevels, type Permissions, type ServiceLevel } from '../../domain/services.ts'
import { levelNames, useNames } from '../services/words.ts'
import { ReachFields } from './reach-fields.tsx'

/** What the page on which a patient invites somebody shows. */
export interface InviteModel {
  readonly invitationId: string
  readonly own: Permissions
  /** Whether it opens without the surgery. */
  readonly isAlone: boolean
  readonly typed: Readonly<Record<string, string>>
  readonly reach: ProxyReach
  readonly faults?: readonly Fault[]
}

/** Inviting somebody to act for the patient: who, what they can do, and until when. */
export function InvitePage(model: InviteModel) {
  const { faults, typed, isAlone } = model
  const title = 'Let somebody act for you'
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href="/account/sharing" text="Who can act for you" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>
            They use their own sign-in, never yours.{' '}
            {isAlone
              ? 'Your GP surgery sees whom you invite, and may say no.'
              : 'Your GP surgery confirms it before they can do anything.'}{' '}
            You can end it at any time, at once.
          </p>
          <Choice />
          <Form action="/account/sharing/new">
            <input type="hidden" name="invitationId" value={model.invitationId} />
            <Who typed={typed} faults={faults} />
            <What {...model} />
            <DateInput
              id="end"
              namePrefix="end"
              fieldset={{ legend: { text: 'Their last day (if you want one)', size: 'm' } }}
              hint="For example, 27 3 2027. Without one it goes on until you end it."
              values={partsOf(typed, 'end')}
              errorMessage={messageFor(faults, 'end-day')}
            />
            <Button text="Make a code for them" preventDoubleClick />
          </Form>
        </div>
      </div>
    </Layout>
  )
}

/** Said to everybody alike, so that it says nothing of anybody. */
function Choice() {
  return (
    <Details summary="It is your choice">
      <p>
        Nobody may make you share your health record or your sign-in, nor may anybody watch while
        you choose. You do not have to give a reason.
      </p>
      <p>
        If you would rather not do this now, leave this page: nothing is saved. You can talk to your
        GP surgery by phone or alone at the surgery, about this or anything else.
      </p>
    </Details>
  )
}

interface Typed {
  readonly typed: Readonly<Record<string, string>>
  readonly faults?: readonly Fault[] | undefined
}

function Who({ typed, faults }: Typed) {
  const field = (name: string, label: string) => (
    <Input
      id={name}
      name={name}
      label={label}
      spellcheck={false}
      autocomplete="off"
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <>
      <h2 class="nhsuk-heading-m">Who they are</h2>
      {field('givenName', 'Their first name')}
      {field('familyName', 'Their last name')}
      <DateInput
        id="born"
        namePrefix="born"
        fieldset={{ legend: { text: 'Their date of birth', size: 's' } }}
        hint="For example, 27 3 1984. The code works for nobody else."
        values={partsOf(typed, 'born')}
        errorMessage={messageFor(faults, 'born-day')}
      />
      <Select
        id="relationship"
        name="relationship"
        label="Who they are to you"
        value={typed['relationship'] ?? ''}
        items={[
          { value: '', text: 'Choose' },
          { value: 'partner', text: 'Husband, wife or partner' },
          { value: 'child', text: 'Son or daughter' },
          { value: 'parent', text: 'Mother, father or guardian' },
          { value: 'family', text: 'Another of the family' },
          { value: 'friend', text: 'Friend or neighbour' },
          { value: 'other', text: 'Somebody else' },
        ]}
        errorMessage={messageFor(faults, 'relationship')}
      />
    </>
  )
}

const uses: readonly ServiceLevel[] = ['none', 'view', 'manage']

function What({ own, typed, faults, reach }: InviteModel) {
  const use = (name: 'appointments' | 'prescriptions', legend: string) => (
    <Radios
      name={name}
      idPrefix={name}
      small
      fieldset={{ legend: { text: legend, size: 's' } }}
      value={typed[name] ?? 'none'}
      items={uses
        .slice(0, uses.indexOf(own[name]) + 1)
        .map((value) => ({ value, text: value === 'none' ? 'Nothing' : useNames[value] }))}
      errorMessage={messageFor(faults, name)}
    />
  )
  const seen = recordLevels.slice(0, recordLevels.indexOf(own.recordCurrent) + 1)
  return (
    <>
      <h2 class="nhsuk-heading-m">What they can do</h2>
      {use('appointments', 'Your appointments')}
      {use('prescriptions', 'Your repeat prescriptions')}
      <Radios
        name="record"
        idPrefix="record"
        small
        fieldset={{ legend: { text: 'Your health record', size: 's' } }}
        value={typed['record'] ?? 'none'}
        items={seen.map((value) => ({
          value,
          text: value === 'none' ? 'Nothing' : levelNames[value],
        }))}
        errorMessage={messageFor(faults, 'record')}
      />
      {own.recordHistorical !== 'none' && (
        <Checkboxes
          name="older"
          small
          values={typed['older'] === 'yes' ? ['yes'] : []}
          items={[
            {
              value: 'yes',
              text: 'They see what was written until today as well',
              hint: { text: 'Without this they see only what is new' },
            },
          ]}
        />
      )}
      <ReachFields
        reach={reach}
        errorMessage={messageFor(faults, 'areas')}
        hint="Nothing about these is shown to them unless you tick it, and no medicine for it. What you keep private stays private."
      />
      <p>They never see your address, your phone number or how to reach you safely.</p>
    </>
  )
}

function partsOf(
  typed: Readonly<Record<string, string>>,
  prefix: string,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    ['day', 'month', 'year'].map((part) => [part, typed[`${prefix}[${part}]`]]),
  )
}

/** The code for somebody who was invited: shown once. */
export function InvitedPage(props: {
  readonly name: string
  readonly practice: string
  readonly isAlone: boolean
  readonly made: MadeInvitation
}) {
  const { name, practice, made, isAlone } = props
  const title = `The code for ${name}`
  return (
    <Layout title={title} before={<BackLink href="/account/sharing" text="Who can act for you" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <SummaryList
        rows={[
          { key: { text: 'Surgery code' }, value: { text: practice } },
          { key: { text: 'One-time code' }, value: { text: made.code.toUpperCase() } },
          {
            key: { text: 'Good until the end of' },
            value: { text: formatDate(localDateOf(minutesBefore(made.expiresAt, 1))) },
          },
        ]}
      />
      <h2 class="nhsuk-heading-m">What happens next</h2>
      <ol>
        <li>Give both codes to {name}, and to nobody else.</li>
        <li>
          {name} signs in to their own account, opens “Who you act for” and types them. Somebody
          without an account takes proof of who they are to your GP surgery.
        </li>
        <li>
          {isAlone
            ? 'They can act for you from then on.'
            : 'Your GP surgery confirms it, usually within 2 working days. You are told when they can act for you.'}
        </li>
      </ol>
      <InsetText text="The code is shown once. If it is lost, take the invitation back and make a new one." />
    </Layout>
  )
}
