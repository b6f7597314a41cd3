import { pathOf, type ShownAppointment } from './own-model.ts'

/** A file for the patient's own calendar, and what it cannot do. */
export function AddToCalendar({ appointment }: Pick<ShownAppointment, 'appointment'>) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Your calendar</h2>
      <p>
        <a href={`${pathOf(appointment)}/calendar.ics`}>Add to your calendar</a>
      </p>
      <p>
        Your calendar does not update itself: if the appointment is moved or cancelled, change it
        there too. It says only “GP surgery appointment”, because others may see your calendar.
      </p>
    </>
  )
}
