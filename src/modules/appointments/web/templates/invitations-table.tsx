import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, type LocalDate } from '#kernel/time'
import { Button, Form, Table } from '#platform/html'
import { formatName } from '#modules/directory'
import { invitationState } from '../../domain/templates/invitation.ts'
import type { ListedInvitation } from '../../queries/templates/invitations.ts'
import { kindWords } from './invitation-words.ts'

/** Who is invited, with where each invitation stands. `path` is that of the type. */
export function InvitationsTable(props: {
  readonly invitations: readonly ListedInvitation[]
  readonly today: LocalDate
  readonly path: string
}) {
  const { invitations, today } = props
  if (invitations.length === 0) {
    return (
      <>
        <h2 class="nhsuk-heading-m">Who is invited</h2>
        <p>Nobody yet.</p>
      </>
    )
  }
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{
        text: invitations.length === 500 ? 'Who is invited: the newest 500' : 'Who is invited',
        size: 'm',
      }}
      head={['Patient', 'NHS number', 'Why', 'Invited on', 'State', 'Withdraw']}
      rows={invitations.map((one) => [
        formatName(one),
        formatNhsNumber(one.nhsNumber),
        kindWords[one.kind],
        formatDate(one.invitedAt),
        formatState(one, today),
        { html: <Withdraw invitation={one} today={today} path={props.path} /> },
      ])}
    />
  )
}

function Withdraw(props: {
  readonly invitation: ListedInvitation
  readonly today: LocalDate
  readonly path: string
}) {
  const { invitation } = props
  if (invitationState(invitation, props.today) !== 'open') return <>–</>
  return (
    <Form action={`${props.path}/invitations/${invitation.invitationId}/withdraw`}>
      <Button variant="secondary" small preventDoubleClick>
        Withdraw
        <span class="nhsuk-u-visually-hidden"> the invitation of {formatName(invitation)}</span>
      </Button>
    </Form>
  )
}

function formatState(invitation: ListedInvitation, today: LocalDate): string {
  switch (invitationState(invitation, today)) {
    case 'open':
      return `Can book until ${formatDate(invitation.expiresOn)}`
    case 'used':
      return invitation.usedAt ? `Used on ${formatDate(invitation.usedAt)}` : 'Used'
    case 'withdrawn':
      return 'Withdrawn'
    case 'expired':
      return `Ran out on ${formatDate(invitation.expiresOn)}`
  }
}
