import type { Id } from '#kernel/id'
import { afterEight, type Day } from './days.ts'
import type { DemoPractice, DemoStaff } from './practice.ts'
import { idFrom, randomFrom, required, type Random } from './random.ts'
import { slotTypeId } from './slot-types.ts'
import { isWorkingDay } from './working-days.ts'

/** A slot of a made-up clinic, free; with an id of its own where it is named again. Online slots are released at 8am, some of them still to come. */
export interface DemoSlot {
  readonly slotId?: Id<'Slot'>
  readonly startsAt: Date
  readonly minutes: number
  readonly slotType: string
  readonly nationalCategory?: string
  readonly deliveryChannel?: 'in-person' | 'telephone' | 'video'
  readonly slotTypeId: Id<'SlotType'>
  readonly bookableOnline: boolean
  readonly releasedAt?: Date
  readonly isBlocked?: boolean
}

/** A clinician's half day. Sessions of one clinician never overlap, nor do their slots. */
export interface DemoSession {
  readonly sessionId: Id<'Session'>
  readonly staffId: Id<'Staff'>
  readonly roomId: Id<'Room'>
  readonly siteId?: Id<'Site'>
  readonly name: string
  readonly day: Day
  readonly startsAt: Date
  readonly endsAt: Date
  readonly slots: readonly DemoSlot[]
}

/** How many days back and ahead clinics are made for. */
const clinicDaysBack = 14
const clinicDaysAhead = 42

interface Half {
  readonly name: string
  /** Minutes after 8am: start and end, and a break in between. */
  readonly from: number
  readonly until: number
  readonly pause?: readonly [from: number, until: number]
  readonly minutes: number
  readonly kind: 'doctor' | 'nurse' | 'assistant' | 'pharmacist'
}

const halves: Readonly<Record<Half['kind'], readonly Half[]>> = {
  doctor: [
    {
      name: 'Morning surgery',
      from: 60,
      until: 220,
      pause: [140, 160],
      minutes: 10,
      kind: 'doctor',
    },
    {
      name: 'Afternoon surgery',
      from: 390,
      until: 540,
      pause: [450, 465],
      minutes: 15,
      kind: 'doctor',
    },
  ],
  nurse: [
    { name: 'Nurse clinic', from: 60, until: 240, pause: [140, 160], minutes: 20, kind: 'nurse' },
  ],
  assistant: [
    { name: 'Blood tests and checks', from: 30, until: 210, minutes: 15, kind: 'assistant' },
  ],
  pharmacist: [
    { name: 'Medication reviews', from: 330, until: 480, minutes: 15, kind: 'pharmacist' },
  ],
}

/** Sessions of every clinician around `today`, on working days only, in order of time. */
export function clinicsOf(
  seed: number,
  practice: DemoPractice,
  today: Day,
): readonly DemoSession[] {
  const sessions: DemoSession[] = []
  const clinicians = practice.staff.filter((one) => one.seesPatients)
  for (let day = today - clinicDaysBack; day <= today + clinicDaysAhead; day++) {
    if (!isWorkingDay(day)) continue
    clinicians.forEach((clinician, place) => {
      const random = randomFrom(seed, 'clinic', practice.index, day, place)
      if ((day + place * 2) % 7 === 3) return
      for (const half of halves[kindOf(clinician)]) {
        sessions.push(sessionOf(seed, practice, random, { clinician, place, day, half }))
      }
    })
  }
  return sessions.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}

function kindOf({ jobTitle }: DemoStaff): Half['kind'] {
  if (jobTitle.includes('GP')) return 'doctor'
  if (jobTitle.includes('nurse')) return 'nurse'
  return jobTitle.includes('pharmacist') ? 'pharmacist' : 'assistant'
}

function sessionOf(
  seed: number,
  practice: DemoPractice,
  random: Random,
  plan: {
    readonly clinician: DemoStaff
    readonly place: number
    readonly day: Day
    readonly half: Half
  },
): DemoSession {
  const { clinician, place, day, half } = plan
  const slots: DemoSlot[] = []
  for (let at = half.from; at + half.minutes <= half.until; at += half.minutes) {
    const paused = half.pause && at + half.minutes > half.pause[0] && at < half.pause[1]
    if (paused) continue
    const isDrawn = place === 0 && half.name === 'Afternoon surgery' && isWednesday(day)
    const offered = isDrawn ? byDraw : offer(random, half.kind, day)
    slots.push({
      ...(isDrawn && { slotId: idFrom<'Slot'>(seed, 'slot', practice.index, day, at) }),
      startsAt: afterEight(day, at),
      minutes: half.minutes,
      slotTypeId: slotTypeId(seed, practice.index, offered.slotType),
      ...offered,
    })
  }
  return {
    sessionId: idFrom<'Session'>(seed, 'session', practice.index, day, place, half.name),
    staffId: clinician.staffId,
    roomId: required(practice.rooms[place % practice.rooms.length]).roomId,
    ...(place === 2 && practice.sites[0] && { siteId: practice.sites[0].siteId }),
    name: half.name,
    day,
    startsAt: afterEight(day, half.from),
    endsAt: afterEight(day, half.until),
    slots,
  }
}

/** Day 0 was a Thursday. */
function isWednesday(day: Day): boolean {
  return (day + 3) % 7 === 2
}

/** Slots that a practice gives by draw, or by hand until it has made one. */
const byDraw = staffOnly('Doctor by draw', 'General Consultation Routine', 'in-person')

type Offer = Omit<DemoSlot, 'startsAt' | 'minutes' | 'slotTypeId'>

/** What a slot is for, who may book it, and from when. */
function offer(random: Random, kind: Half['kind'], day: Day): Offer {
  if (kind === 'nurse') {
    const name = random.chance(0.15) ? 'Cervical screening' : 'Nurse appointment'
    return online(name, 'Planned Clinics', 'in-person', day - 28)
  }
  if (kind === 'assistant') {
    const open = random.chance(0.7)
    return open
      ? online('Blood test', 'Planned Clinical Procedure', 'in-person', day - 28)
      : staffOnly('Health check', 'Planned Clinics', 'in-person')
  }
  if (kind === 'pharmacist') {
    return random.chance(0.4)
      ? online('Medication review', 'Structured Medication Review', 'telephone', day - 21)
      : staffOnly('Medication review', 'Structured Medication Review', 'telephone')
  }
  return random.weighted<() => Offer>([
    [
      30,
      () =>
        online(
          'Routine appointment',
          'General Consultation Routine',
          'in-person',
          day - random.pick([7, 14, 28]),
        ),
    ],
    [
      14,
      () =>
        online(
          'Routine telephone appointment',
          'General Consultation Routine',
          'telephone',
          day - random.pick([2, 14]),
        ),
    ],
    [4, () => online('Video appointment', 'General Consultation Routine', 'video', day - 14)],
    [
      18,
      () =>
        random.chance(0.5)
          ? online('Book on the day', 'General Consultation Acute', 'in-person', day)
          : online('On the day by telephone', 'General Consultation Acute', 'telephone', day),
    ],
    [24, () => staffOnly('Urgent appointment', 'General Consultation Acute', 'in-person')],
    [6, () => ({ slotType: 'Blocked', bookableOnline: false, isBlocked: true })],
    [4, () => ({ slotType: 'Admin', bookableOnline: false, isBlocked: true })],
  ])()
}

function online(
  slotType: string,
  nationalCategory: string,
  deliveryChannel: 'in-person' | 'telephone' | 'video',
  releasedOn: Day,
): Offer {
  return {
    slotType,
    nationalCategory,
    deliveryChannel,
    bookableOnline: true,
    releasedAt: afterEight(releasedOn, 0),
  }
}

function staffOnly(
  slotType: string,
  nationalCategory: string,
  deliveryChannel: 'in-person' | 'telephone',
): Offer {
  return { slotType, nationalCategory, deliveryChannel, bookableOnline: false }
}
