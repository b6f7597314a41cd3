import { formatDay, formatDayAndTime, formatTime, localDateOf } from '#kernel/time'
import { BackLink, Button, Form, InsetText, Input, Layout, Select, Table } from '#platform/html'
import type { Role } from '#modules/access'
import { formatName } from '#modules/directory'
import { deliveryChannels } from '../../domain/slot.ts'
import type { DeskPatientFacts } from '../../queries/desk/desk-facts.ts'
import { freeSlotsOnPage, type FreeSlot } from '../../queries/desk/free-slots.ts'
import type { PatientAppointment } from '../../queries/desk/patient-appointments.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatChannelAlone } from '../words.ts'
import type { SlotChoices } from './choose-form.ts'
import { appointmentsPath, choosePath } from './paths.ts'

export interface ChoosePageModel {
  readonly patient: DeskPatientFacts
  /** The appointment that is to be moved; absent for a new one. */
  readonly moving?: PatientAppointment
  readonly slots: readonly FreeSlot[]
  readonly choices: SlotChoices
  readonly typed: Readonly<Record<string, string>>
  readonly roles: readonly Role[]
  readonly now: Date
}

/** Free slots for one patient, to book or to move to, soonest first. */
export function ChoosePage(model: ChoosePageModel) {
  const { patient, moving, slots } = model
  const name = formatName(patient)
  const title = moving ? `Move an appointment of ${name}` : `Book for ${name}`
  return (
    <Layout
      title={title}
      before={
        <BackLink href={appointmentsPath(patient.patientId)} text={`Appointments of ${name}`} />
      }
    >
      <ClinicNav roles={model.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {moving && (
        <InsetText
          text={`It is on ${formatDayAndTime(moving.startsAt)}, and stays so until you confirm another time.`}
        />
      )}
      <Filters {...model} />
      {slots.length === 0 ? (
        <p>
          Nothing is free in the 8 weeks from that day. Choose another day, or any type, way, site
          and clinician. You can also overbook a session from the page of its day.
        </p>
      ) : (
        <Slots {...model} />
      )}
    </Layout>
  )
}

function Filters({ patient, moving, choices, typed }: ChoosePageModel) {
  return (
    <Form
      action={choosePath(patient.patientId, moving?.appointmentId)}
      method="get"
      class="app-inline-form"
    >
      <Input name="from" label="From day" type="date" width={10} value={typed['from']} />
      <Select
        name="staff"
        label="Clinician"
        value={typed['staff']}
        items={[
          { value: '', text: 'Anyone' },
          ...choices.clinicians.map(({ staffId, name }) => ({ value: staffId, text: name })),
        ]}
      />
      <Select
        name="type"
        label="Type"
        value={typed['type']}
        items={[
          { value: '', text: 'Any' },
          ...choices.types.map((type) => ({ value: type, text: type })),
        ]}
      />
      <Select
        name="how"
        label="How"
        value={typed['how']}
        items={[
          { value: '', text: 'Any way' },
          ...deliveryChannels.map((one) => ({ value: one, text: formatChannelAlone(one) })),
        ]}
      />
      {choices.sites.length > 0 && (
        <Select
          name="site"
          label="Site"
          value={typed['site']}
          items={[
            { value: '', text: 'Any site' },
            ...choices.sites.map(({ siteId, name }) => ({ value: siteId, text: name })),
          ]}
        />
      )}
      <Button variant="secondary" small text="Show slots" />
    </Form>
  )
}

function Slots(model: ChoosePageModel) {
  const shown = model.slots.slice(0, freeSlotsOnPage)
  const days = [...Map.groupBy(shown, (slot) => localDateOf(slot.startsAt))]
  const last = shown.at(-1)
  const base = choosePath(model.patient.patientId, model.moving?.appointmentId)
  return (
    <>
      {days.map(([day, slots]) => (
        <Table
          classes="app-table--dense"
          responsive
          caption={{ text: formatDay(day), size: 's' }}
          head={['Time', 'Who and where', 'Type', 'How', 'Online', 'Choose']}
          rows={slots.map((slot) => [
            `${formatTime(slot.startsAt)}, ${slot.minutes} minutes`,
            [slot.clinician ?? slot.sessionName, slot.room, slot.site]
              .filter((part) => part !== undefined)
              .join(', '),
            slot.slotType,
            slot.deliveryChannel ? formatChannelAlone(slot.deliveryChannel) : 'Not set',
            onlineOf(slot, model.now),
            {
              html: (
                <a href={`${base}/${slot.slotId}`}>
                  Choose
                  <span class="nhsuk-u-visually-hidden">
                    {` ${formatDayAndTime(slot.startsAt)}, ${slot.clinician ?? slot.sessionName}`}
                  </span>
                </a>
              ),
            },
          ])}
        />
      ))}
      {last && model.slots.length > freeSlotsOnPage && (
        <p>
          <a href={`${base}?${new URLSearchParams({ ...model.typed, after: last.slotId })}`}>
            Later slots
          </a>
        </p>
      )}
    </>
  )
}

function onlineOf({ bookableOnline, releasedAt }: FreeSlot, now: Date): string {
  if (!bookableOnline || !releasedAt) return 'No'
  return releasedAt <= now ? 'Yes' : `From ${formatDayAndTime(releasedAt)}`
}
