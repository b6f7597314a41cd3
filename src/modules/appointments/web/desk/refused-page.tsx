import { formatDayAndTime } from '#kernel/time'
import { BackLink, Button, Layout } from '#platform/html'
import type { Role } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { AppointmentId } from '../../domain/slot.ts'
import type { FreeSlot } from '../../queries/desk/free-slots.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import type { RefusalWords } from './alert-words.ts'
import { appointmentsPath, choosePath } from './paths.ts'

/** Told to staff where nothing was booked, moved or cancelled: what happened, what to do next. */
export function DeskRefusedPage(props: {
  readonly patientId: PatientId
  readonly moving?: AppointmentId
  readonly words: RefusalWords
  /** Free slots near the one that was not to be had. */
  readonly others: readonly FreeSlot[]
  readonly roles: readonly Role[]
}) {
  const { title, next } = props.words
  const path = appointmentsPath(props.patientId)
  const base = choosePath(props.patientId, props.moving)
  return (
    <Layout title={title} before={<BackLink href={path} text="The patient’s appointments" />}>
      <ClinicNav roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{next} Nothing was changed.</p>
      {props.others.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">Free near that time</h2>
          <ul class="nhsuk-list">
            {props.others.map((slot) => (
              <li>
                <a href={`${base}/${slot.slotId}`}>
                  {formatDayAndTime(slot.startsAt)}, {slot.clinician ?? slot.sessionName}
                </a>
              </li>
            ))}
          </ul>
          <Button href={base} text="See all free slots" />
        </>
      )}
    </Layout>
  )
}
