import { InsetText, messageFor, Radios } from '#platform/html'
import { SmallField, type Typing } from './choice-fields.tsx'

/** When slots of a type open to patients. */
export function ReleaseChoice(props: Typing) {
  const { typed, faults } = props
  return (
    <Radios
      name="releaseRule"
      fieldset={{ legend: { text: 'When slots open to those who book themselves', size: 's' } }}
      value={typed['releaseRule']}
      errorMessage={messageFor(faults, 'releaseRule')}
      items={[
        { value: 'at-once', text: 'As soon as they are made' },
        {
          value: 'days-before',
          text: 'At a time, some days before',
          hint: 'First come, first served: many people try at the same moment',
          conditional: {
            html: (
              <>
                <SmallField {...props} name="releaseDays" label="Days before (0 is on the day)" />
                <SmallField {...props} name="releaseTime" label="Time" type="time" />
              </>
            ),
          },
        },
        {
          value: 'draw',
          text: 'Through a draw',
          hint: 'Patients ask in their own time, and chance decides with the priority you set',
        },
        { value: 'by-hand', text: 'When staff publish them' },
      ]}
    />
  )
}

/** Whether slots that are made already follow a change, and what follows either way. */
export function FollowChoice(props: Typing & { readonly freeSlots: number }) {
  const { freeSlots, typed, faults } = props
  const many = freeSlots === 1 ? '1 slot' : `${freeSlots} slots`
  return (
    <>
      <InsetText>
        <p>
          For whom the type is, and how far ahead and until when it may be booked, holds at once for
          every slot of it. Name, category, setting, way of being seen, who may book and when slots
          open are written on each slot when it is made.
        </p>
      </InsetText>
      {freeSlots === 0 ? (
        <input type="hidden" name="follow" value="no" />
      ) : (
        <Radios
          name="follow"
          fieldset={{ legend: `${many} of this type are made already and still free` }}
          hint="Booked slots stay as they are. The length of slots made already does not change."
          value={typed['follow']}
          errorMessage={messageFor(faults, 'follow')}
          items={[
            { value: 'yes', text: 'Change them too' },
            { value: 'no', text: 'Leave them as they are' },
          ]}
        />
      )}
    </>
  )
}
