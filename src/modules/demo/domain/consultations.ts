import { bodyMass, sizeOn } from './background.ts'
import { coded, onDay } from './book.ts'
import type { Complaint } from './complaint.ts'
import { complaints } from './complaints.ts'
import { dateOf, type Day } from './days.ts'
import { has, staffWith, usualDoctor, visitDay, type Making } from './making.ts'
import type { Random } from './random.ts'
import { reviewWords } from './reviews.ts'
import { compose } from './shorthand.ts'
import { writeAcute } from './supplies.ts'
import { openVisit } from './visits.ts'

/** Visits with something new, each with what was said, found and done. */
export function writeComplaints(making: Making): void {
  const { random, person, today, depth } = making
  const usual =
    person.age < 5 ? 4 : person.age < 18 ? 2.2 : person.age < 45 ? 2 : person.age < 65 ? 2.8 : 3.6
  const count = Math.max(0, Math.round(random.normal(usual * depth.visits, 1.2)))
  const span = Math.min(today - person.born - 20, depth.labYears > 8 ? 15 * 365 : 5 * 365)
  const days = Array.from(
    { length: count },
    () => today - 1 - Math.floor(random.next() ** 1.3 * span),
  )
  for (const wanted of days.toSorted((a, b) => a - b)) {
    const day = visitDay(making, wanted)
    if (day === undefined) continue
    const age = (day - person.born) / 365.25
    const fitting = complaints.filter(
      (one) => age >= one.from && age <= one.until && (!one.sex || one.sex === person.patient.sex),
    )
    if (fitting.length > 0) {
      writeComplaint(making, random.weighted(fitting.map((one) => [one.weight, one] as const)), day)
    }
  }
}

function writeComplaint(making: Making, complaint: Complaint, day: Day): void {
  const { random, book, today } = making
  const remote = random.chance(0.3)
  const author = random.chance(0.6) ? usualDoctor(making) : staffWith(making, 'GP')
  const visit = openVisit(making, {
    day,
    type: remote ? 'Telephone consultation' : 'GP surgery consultation',
    author: author.name,
    topic: complaint.title,
    ...(complaint.code !== undefined && { topicCode: complaint.code }),
  })
  visit.heading('History').note(compose(random, complaint.history))
  if (!remote) visit.heading('Examination').note(compose(random, complaint.examination))
  visit.heading('Plan').note(compose(random, complaint.plan))
  if (complaint.code !== undefined && random.chance(0.5)) {
    book.add({
      kind: 'problem',
      title: complaint.title,
      ...coded(complaint.title, complaint.code),
      ...onDay(day),
      encounterKey: visit.key,
      detail: {
        status: 'past',
        significance: 'minor',
        endedOn: dateOf(Math.min(today - 1, day + 28)),
      },
    })
  }
  if (complaint.medicines && random.chance(0.6))
    writeAcute(making, random.pick(complaint.medicines), day, visit.key)
}

/** The yearly review of all that somebody has, in one visit, with what was measured. */
export function writeReviews(making: Making): void {
  const { random, today, having, depth } = making
  const reviewed = having.filter((one) => one.condition.review)
  const birthdayMonth = random.int(10, 350)
  for (let back = depth.reviewYears; back >= 0; back--) {
    const day = visitDay(making, today - back * 365 - birthdayMonth)
    if (day === undefined) continue
    const due = reviewed.filter((one) => one.since < day)
    if (due.length > 0 && random.chance(0.88))
      writeReview(
        making,
        due.map((one) => one.condition.review ?? 'medication'),
        day,
      )
    else if (back <= 1 && making.person.age >= 40 && random.chance(0.5)) writeCheck(making, day)
  }
}

function writeReview(
  making: Making,
  reviews: readonly (keyof typeof reviewWords)[],
  day: Day,
): void {
  const { random } = making
  const author = staffWith(making, random.pick(['nurse', 'pharmacist', 'GP']))
  const visit = openVisit(making, {
    day,
    type: 'Annual review',
    author: author.name,
    topic: 'Review',
  })
  const kinds = [...new Set(reviews)].slice(0, 3)
  visit
    .heading('History')
    .note(kinds.map((kind) => compose(random, reviewWords[kind].history)).join(' '))
  measure(making, visit.heading('Examination'), day)
  visit.heading('Plan').note(kinds.map((kind) => compose(random, reviewWords[kind].plan)).join(' '))
}

/** A visit to the healthcare assistant with nothing written but figures. */
function writeCheck(making: Making, day: Day): void {
  const author = staffWith(making, 'Healthcare')
  const visit = openVisit(making, {
    day,
    type: 'HCA clinic',
    author: author.name,
    topic: 'Observations',
  })
  measure(making, visit.heading('Examination'), day)
}

function measure(
  making: Making,
  heading: ReturnType<ReturnType<typeof openVisit>['heading']>,
  day: Day,
): void {
  const { random, person } = making
  const age = (day - person.born) / 365.25
  const { systolic, diastolic } = pressure(random, making, age)
  if (age >= 16) heading.bloodPressure(systolic, diastolic)
  const { height, weight } = sizeOn(making, day)
  heading.measure('Body weight', '27113001', weight, 'kg')
  if (age >= 18) heading.measure('Body mass index', '60621009', bodyMass(height, weight), 'kg/m2')
  if (has(making, 'asthma') && age > 6) {
    const best = (person.patient.sex === 'male' ? 560 : 410) - Math.max(0, age - 40) * 2.5
    heading.measure(
      'Peak flow rate',
      undefined,
      Math.round(Math.max(160, random.normal(best * 0.9, 20)) / 10) * 10,
      'L/min',
    )
  }
  if (has(making, 'copd')) heading.measure('Oxygen saturation', undefined, random.int(94, 98), '%')
}

function pressure(random: Random, making: Making, age: number) {
  const raised = has(making, 'hypertension') ? 9 : 0
  const systolic = Math.round(
    Math.min(196, Math.max(92, random.normal(116 + age * 0.22 + raised, 9))),
  )
  const diastolic = Math.round(
    Math.min(
      systolic - 25,
      Math.max(52, random.normal(75 + raised / 2 - Math.max(0, age - 65) * 0.2, 6)),
    ),
  )
  return { systolic, diastolic }
}
