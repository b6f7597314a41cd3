import { attendanceOf, type AttendanceState } from '../../domain/desk/attendance.ts'
import type { BookedPatient, Clinic, ClinicSlot } from '../../queries/clinics.ts'

/** How many slots of the clinics that go ahead are in which state, and how far the booked ones got. */
export function DayCounts(props: {
  readonly clinics: readonly Clinic[]
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
}) {
  const going = props.clinics.filter((clinic) => !clinic.cancelledAt)
  const off = props.clinics.length - going.length
  const slots = going.flatMap((clinic) => clinic.slots)
  const count = (state: ClinicSlot['state']) => slots.filter((slot) => slot.state === state).length
  const overbooked = slots.filter((slot) => slot.overbookedBy !== undefined).length
  return (
    <p>
      {going.length} {going.length === 1 ? 'clinic' : 'clinics'}
      {off > 0 && ` (and ${off} cancelled)`}: {count('booked')} booked, {count('free')} free,{' '}
      {count('held')} held, {count('blocked')} blocked, {overbooked} overbooked.
      {props.booked && <Progress patients={[...props.booked.values()]} />}
    </p>
  )
}

function Progress({ patients }: { readonly patients: readonly BookedPatient[] }) {
  const count = (state: AttendanceState) =>
    patients.filter((patient) => attendanceOf(patient) === state).length
  return (
    <>
      {' '}
      Of those booked: {count('arrived')} arrived and waiting, {count('in-progress')} in progress,{' '}
      {count('seen')} seen, {count('missed')} did not attend.
    </>
  )
}
