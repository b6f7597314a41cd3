import { Button, Form, SummaryList, Tag, WarningCallout } from '#platform/html'
import type { StoredSlotType } from '../../queries/templates/slot-types.ts'
import { formatChannelAlone } from '../words.ts'
import { PlanningPage, type Frame } from './frame.tsx'
import {
  formatBookers,
  formatMissing,
  formatRelease,
  formatTerms,
  settingWords,
} from './type-words.ts'

/** One slot type: what it says, and what can be done with it. */
export function TypePage(props: Frame & { readonly type: StoredSlotType }) {
  const { type } = props
  const missing = formatMissing(type)
  const path = `/practice/appointments/types/${type.slotTypeId}`
  return (
    <PlanningPage
      {...props}
      title={type.name}
      current="types"
      back={{ href: '/practice/appointments/types', text: 'Slot types' }}
    >
      {type.retiredAt && (
        <p>
          <Tag colour="grey" text="Not in use any more" /> Slots made of it stay as they are.
        </p>
      )}
      {missing !== undefined && (
        <WarningCallout
          heading={{ text: missing, level: 2 }}
          text="Patients are never offered slots of this type. Change it to add what is missing."
        />
      )}
      <Facts type={type} />
      {!type.retiredAt && (
        <>
          <div class="nhsuk-button-group">
            <Button text="Change" href={`${path}/change`} />
            <Button text="Invitations" href={`${path}/invitations`} variant="secondary" />
          </div>
          <Form action={`${path}/retire`}>
            <Button text="Take out of use" variant="secondary" preventDoubleClick />
          </Form>
        </>
      )}
    </PlanningPage>
  )
}

function Facts({ type }: { readonly type: StoredSlotType }) {
  const rows: readonly (readonly [string, string])[] = [
    ['What patients read', type.publicName || type.name],
    ['Length', `${type.minutes} minutes`],
    ['National category', type.nationalCategory ?? 'None'],
    ['Service setting', type.serviceSetting ? settingWords[type.serviceSetting] : 'Not said'],
    [
      'How patients are seen',
      type.deliveryChannel ? formatChannelAlone(type.deliveryChannel) : 'Not said',
    ],
    ['Who may book', formatBookers(type)],
    ['For', formatTerms(type).join('; ') || 'Everyone'],
    ['Slots open', formatRelease(type.release)],
    [
      'Shown to patients',
      type.horizonDays === undefined
        ? 'As far ahead as the practice’s settings say'
        : `${type.horizonDays} days ahead`,
    ],
    [
      'Booking closes',
      type.closesMinutesBefore === undefined
        ? 'When the practice’s settings say'
        : `${type.closesMinutesBefore} minutes before the start`,
    ],
  ]
  return <SummaryList rows={rows.map(([key, value]) => ({ key, value }))} />
}
