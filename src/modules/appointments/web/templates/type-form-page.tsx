import {
  Button,
  Checkboxes,
  type CheckboxItem,
  Fieldset,
  Form,
  Input,
  messageFor,
  Radios,
  Select,
} from '#platform/html'
import { deliveryChannels } from '../../domain/slot.ts'
import { formatChannelAlone } from '../words.ts'
import { SmallField, type Typing } from './choice-fields.tsx'
import { PlanningPage, type Frame } from './frame.tsx'
import { FollowChoice, ReleaseChoice } from './type-release-fields.tsx'
import { allCategories } from './type-form.ts'
import { serviceSettings, settingWords } from './type-words.ts'

/** What the form of a slot type shows. */
export interface TypeFormModel extends Frame, Typing {
  readonly idempotencyKey?: string
  /** The type that is changed, by its present name; absent for a new one. */
  readonly changing?: { readonly slotTypeId: string; readonly name: string }
  /** Slots made already and still free, which may follow a change. */
  readonly freeSlots: number
}

/** Describes a slot type, new or known. */
export function TypeFormPage(model: TypeFormModel) {
  const { changing } = model
  const list = '/practice/appointments/types'
  const path = changing ? `${list}/${changing.slotTypeId}` : list
  const back = changing ? { href: path, text: changing.name } : { href: list, text: 'Slot types' }
  return (
    <PlanningPage
      {...model}
      title={changing ? `Change ${changing.name}` : 'Add a slot type'}
      current="types"
      back={back}
    >
      <Form action={path} idempotencyKey={model.idempotencyKey}>
        <What {...model} />
        <WhoMayBook {...model} />
        <ForWhom {...model} />
        <ReleaseChoice {...model} />
        <OwnLimits {...model} />
        {changing && <FollowChoice {...model} />}
        <Button text={changing ? 'Save changes' : 'Add slot type'} preventDoubleClick />
      </Form>
    </PlanningPage>
  )
}

function What(model: TypeFormModel) {
  const { typed, faults } = model
  return (
    <>
      <Input
        name="name"
        label="Name"
        hint="As staff know it, such as Routine, or Smear clinic"
        value={typed['name']}
        errorMessage={messageFor(faults, 'name')}
        width={20}
      />
      <Input
        name="publicName"
        label="What patients read (optional)"
        hint="Leave empty to show the name. Keep clinical words out: it may be read over a shoulder"
        value={typed['publicName']}
        errorMessage={messageFor(faults, 'publicName')}
        width={20}
      />
      <SmallField {...model} name="minutes" label="Length of a slot, in minutes" />
      <Select
        name="nationalCategory"
        label="National category"
        hint="Without one, patients are never offered these slots"
        value={typed['nationalCategory']}
        errorMessage={messageFor(faults, 'nationalCategory')}
        items={[
          { value: '', text: 'None yet' },
          ...allCategories.map((category) => ({ value: category, text: category })),
        ]}
      />
      <Select
        name="serviceSetting"
        label="Service setting"
        value={typed['serviceSetting']}
        errorMessage={messageFor(faults, 'serviceSetting')}
        items={[
          { value: '', text: 'Not said' },
          ...serviceSettings.map((setting) => ({ value: setting, text: settingWords[setting] })),
        ]}
      />
      <Radios
        name="deliveryChannel"
        fieldset={{ legend: 'How patients are seen' }}
        inline
        value={typed['deliveryChannel']}
        errorMessage={messageFor(faults, 'deliveryChannel')}
        items={[
          ...deliveryChannels.map((one) => ({ value: one, text: formatChannelAlone(one) })),
          { value: 'none', text: 'Not said' },
        ]}
      />
    </>
  )
}

function WhoMayBook({ typed }: TypeFormModel) {
  return (
    <Checkboxes
      idPrefix="patientsMayBook"
      small
      fieldset={{ legend: { text: 'Who may book, besides staff', size: 's' } }}
      items={[
        box(typed, 'patientsMayBook', 'Patients, online'),
        box(typed, 'gpConnectMayBook', 'Other services, through GP Connect'),
      ]}
    />
  )
}

/** A box of its own name, ticked or not. */
function box(typed: Typing['typed'], name: string, text: string): CheckboxItem {
  return { name, value: 'yes', text, checked: typed[name] === 'yes' }
}

function ForWhom(model: TypeFormModel) {
  const { typed, faults } = model
  return (
    <Fieldset legend={{ text: 'For whom, when patients book themselves', size: 's' }}>
      <SmallField {...model} name="minAge" label="Lowest age (optional)" />
      <SmallField {...model} name="maxAge" label="Highest age (optional)" />
      <Radios
        name="sex"
        fieldset={{ legend: 'Sex' }}
        inline
        value={typed['sex']}
        errorMessage={messageFor(faults, 'sex')}
        items={[
          { value: 'any', text: 'Everyone' },
          { value: 'female', text: 'Female' },
          { value: 'male', text: 'Male' },
        ]}
      />
      <Checkboxes
        idPrefix="ownSiteOnly"
        small
        items={[
          box(typed, 'ownSiteOnly', 'Only patients who use the slot’s site'),
          box(typed, 'ownClinicianOnly', 'Only patients whose own clinician has the session'),
          box(typed, 'invitedOnly', 'Only patients who are invited'),
        ]}
      />
    </Fieldset>
  )
}

function OwnLimits(model: TypeFormModel) {
  return (
    <Fieldset legend={{ text: 'Instead of the practice’s own settings (optional)', size: 's' }}>
      <SmallField
        {...model}
        name="horizonDays"
        label="How many days ahead patients are shown these slots"
      />
      <SmallField
        {...model}
        name="closesMinutesBefore"
        label="How many minutes before the start booking closes"
        width={5}
      />
    </Fieldset>
  )
}
