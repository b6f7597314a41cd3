import { ageOn, type LocalDate } from '#kernel/time'

/** From this age on nobody asks whether somebody is competent. Source: DOMAIN PX-4. */
const adult = 16

/** Minutes in which whoever asked chooses how to sign in. */
export const minutesToGoOn = 60

/**
 * Whether whoever asks may have an account for one first appointment, before anybody checked who
 * they are: where the practice has places for it, and nobody has to judge whether they can decide.
 * Source: DOMAIN ACC-8.
 */
export function mayApply(
  practice: { readonly appointments: boolean; readonly firstAppointments: number },
  bornOn: LocalDate,
  today: LocalDate,
): boolean {
  const isOffered = practice.appointments && practice.firstAppointments > 0
  return isOffered && ageOn(bornOn, today) >= adult
}
