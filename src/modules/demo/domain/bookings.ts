import type { Id } from '#kernel/id'
import { castMember } from './cast.ts'
import { afterEight, type Day } from './days.ts'
import type { DemoSession, DemoSlot } from './clinics.ts'
import { mobile } from './place.ts'
import type { DemoPractice } from './practice.ts'
import { idFrom, randomFrom, type Random } from './random.ts'

/** Who was given a slot. Booked after its release where it has one, and always before today. */
export interface DemoBooking extends Attendance {
  readonly patientId: Id<'Patient'>
  readonly bookedAt: Date
  readonly reason: string
  readonly phone?: string
  readonly method: 'online' | 'phone' | 'in-person'
  readonly cancelledAt?: Date
}

/** How an appointment before today went: seen after some waiting, or missed. */
interface Attendance {
  readonly arrivedAt?: Date
  readonly startedAt?: Date
  readonly finishedAt?: Date
  readonly missedAt?: Date
}

export interface BookedClinic extends Omit<DemoSession, 'slots'> {
  readonly slots: readonly (DemoSlot & { readonly appointment?: DemoBooking })[]
}

const reasons = [
  '',
  '',
  '',
  'Knee pain',
  'Medication review',
  'Cough for three weeks',
  'Blood test',
  'Rash on arm',
  'Follow-up',
  'Ear pain',
  'Blood pressure check',
  'Back pain',
  'Would like to talk about sleep',
  'Asthma check',
  'Sore throat',
]

/** A patient is booked at most once in the past and once ahead, so that nobody is in two places. */
interface Turn {
  readonly past: Set<number>
  readonly ahead: Set<number>
  next: number
}

/** The clinics with about as many slots taken as so many patients would take. */
export function bookedClinics(
  seed: number,
  practice: DemoPractice,
  patients: number,
  today: Day,
  sessions: readonly DemoSession[],
): readonly BookedClinic[] {
  const random = randomFrom(seed, 'bookings', practice.index)
  const turn: Turn = { past: new Set(), ahead: new Set(), next: 0 }
  const wanted = Math.min(0.82, patients / 900)
  return sessions.map((session) => ({
    ...session,
    slots: session.slots.map((slot) => {
      const ahead = session.day - today
      if (slot.isBlocked || slot.slotId) return slot
      const share = ahead < 0 ? wanted : wanted * Math.max(0.04, 0.6 - ahead / 30)
      if (!random.chance(share) || !released(slot, today)) return slot
      const index = nextPatient(turn, ahead < 0 ? turn.past : turn.ahead, practice, patients)
      if (index === undefined) return slot
      return {
        ...slot,
        appointment: booking(seed, practice, random, index, slot, session.day, today),
      }
    }),
  }))
}

/** Whether it could be booked before today at all. */
function released(slot: DemoSlot, today: Day): boolean {
  return slot.releasedAt === undefined || slot.releasedAt < afterEight(today - 1, 0)
}

function nextPatient(
  turn: Turn,
  had: Set<number>,
  practice: DemoPractice,
  patients: number,
): number | undefined {
  for (let tries = 0; tries < patients; tries++) {
    const index = turn.next % patients
    turn.next++
    const part = castMember(practice.index, index)?.part
    if (had.has(index) || part === 'all-off' || part === 'empty-record') continue
    had.add(index)
    return index
  }
  return undefined
}

function booking(
  seed: number,
  practice: DemoPractice,
  random: Random,
  index: number,
  slot: DemoSlot,
  day: Day,
  today: Day,
): DemoBooking {
  const from = slot.releasedAt ? Math.max(releaseDay(slot.releasedAt), day - 12) : day - 12
  const latest = Math.min(day - 1, today - 1)
  const on = Math.min(latest, from + random.int(0, Math.max(0, latest - from)))
  const sameDay = slot.releasedAt !== undefined && releaseDay(slot.releasedAt) >= day
  const bookedAt = sameDay ? afterEight(day, random.int(1, 20)) : afterEight(on, random.int(1, 300))
  const cancelled = !sameDay && random.chance(0.05)
  const isOver = day < today && !cancelled
  return {
    patientId: idFrom<'Patient'>(seed, 'patient', practice.index, index),
    bookedAt,
    reason: random.pick(reasons),
    ...(slot.deliveryChannel === 'telephone' && { phone: mobile(random) }),
    method: slot.releasedAt ? random.weighted(methods) : 'phone',
    ...(cancelled && { cancelledAt: new Date(bookedAt.getTime() + 3_600_000) }),
    ...(isOver && attendance(random, slot)),
  }
}

const methods = [
  [70, 'online'],
  [24, 'phone'],
  [6, 'in-person'],
] as const

/** One in sixteen does not come; most of the others wait a while. */
function attendance(random: Random, { startsAt, minutes, deliveryChannel }: DemoSlot): Attendance {
  const after = (count: number) => new Date(startsAt.getTime() + count * 60_000)
  if (random.chance(0.06)) return { missedAt: after(minutes) }
  const startedAt = after(random.int(0, 18))
  const finishedAt = new Date(startedAt.getTime() + minutes * 60_000)
  if (deliveryChannel === 'telephone') return { startedAt, finishedAt }
  return { arrivedAt: after(-random.int(0, 15)), startedAt, finishedAt }
}

function releaseDay(released: Date): Day {
  return Math.floor(released.getTime() / 86_400_000)
}
