import { onDay } from './book.ts'
import { shortDate, type Day } from './days.ts'
import { has, visitDay, type Making } from './making.ts'
import { compose, type Phrases, type Ways } from './shorthand.ts'
import type { DemoMarker } from './entry.ts'
import { workingDayFrom } from './working-days.ts'

interface Clinic {
  readonly department: string
  readonly from: number
  readonly until: number
  readonly condition?: string
  readonly body: Phrases
}

const seen: Ways = [
  'I reviewed this patient in clinic today.',
  'Thank you for referring this patient, whom I saw today.',
  'This patient attended for follow-up.',
]
const told: Ways = [
  'All of this was explained and the patient is happy with the plan.',
  'We discussed the findings together in clinic.',
  'The patient has my secretary\u2019s number.',
]

/** Departments that write to practices, and what they say. */
const clinics: readonly Clinic[] = [
  {
    department: 'Ophthalmology',
    from: 45,
    until: 99,
    body: [
      seen,
      ['Acuities are 6/9 in both eyes.', 'There is early lens opacity on the right.'],
      ['Pressures are normal.', 'The retina is flat throughout.'],
      ['Review in twelve months.', 'Discharged to the optician.'],
      told,
    ],
  },
  {
    department: 'Cardiology',
    from: 40,
    until: 99,
    condition: 'heart',
    body: [
      seen,
      ['The echocardiogram shows good function.', 'The exercise test was negative.'],
      ['Please continue present treatment.', 'I have suggested no change.'],
      told,
    ],
  },
  {
    department: 'Trauma and Orthopaedics',
    from: 10,
    until: 90,
    body: [
      seen,
      [
        'The wrist has healed in a good position.',
        'There is moderate wear of the medial compartment.',
      ],
      ['Physiotherapy has been arranged.', 'No operation is needed at present.'],
      told,
    ],
  },
  {
    department: 'Dermatology',
    from: 5,
    until: 95,
    body: [
      seen,
      ['The lesion is a benign seborrhoeic keratosis.', 'The eczema is well controlled.'],
      ['Emollients should be continued.', 'Discharged with advice about the sun.'],
      told,
    ],
  },
  {
    department: 'Ear, Nose and Throat',
    from: 3,
    until: 90,
    body: [
      seen,
      ['Hearing is within normal limits for age.', 'The septum is deviated to the left.'],
      ['A nasal spray for six weeks.', 'Hearing aids will be fitted.'],
      told,
    ],
  },
  {
    department: 'Diabetic Eye Screening',
    from: 35,
    until: 95,
    condition: 'diabetes',
    body: [
      ['The screening photographs have been graded.'],
      ['No retinopathy was seen (R0M0).', 'Background change only (R1M0).'],
      ['The next screening is in twelve months.', 'The next screening is in two years.'],
    ],
  },
  {
    department: 'Emergency Department',
    from: 1,
    until: 99,
    body: [
      [
        'Attended with an injury to the hand.',
        'Attended with chest wall pain after a fall.',
        'Attended with a cut to the knee.',
      ],
      ['X-ray: no fracture.', 'Wound cleaned and closed with strips.'],
      ['Discharged home with advice.', 'No follow-up arranged.'],
    ],
  },
  {
    department: 'Physiotherapy',
    from: 16,
    until: 90,
    body: [
      ['Completed a course of four sessions.', 'Assessed today for shoulder pain.'],
      ['Range of movement has improved.', 'Strength is near normal.'],
      ['Discharged with home exercises.'],
      told,
    ],
  },
]

/** Letters from hospitals, scanned in, read and filed. */
export function writeLetters(making: Making): void {
  const { random, person, today, depth } = making
  const usual = person.age < 16 ? 0.35 : person.age < 50 ? 0.6 : person.age < 75 ? 1.6 : 2.4
  const count = Math.max(0, Math.round(random.normal(usual * depth.letters, 0.8)))
  for (let number = 0; number < count; number++) {
    const day = visitDay(making, today - random.int(12, 1500))
    if (day === undefined) continue
    const age = (day - person.born) / 365.25
    const fitting = clinics.filter(
      (one) =>
        age >= one.from && age <= one.until && (!one.condition || has(making, one.condition)),
    )
    if (fitting.length === 0) continue
    const clinic = random.pick(fitting)
    if (random.chance(0.6)) writeReferral(making, clinic.department, day - random.int(30, 90))
    const { patient } = person
    const who = `${patient.title} ${patient.givenName} ${patient.familyName}, born ${shortDate(person.born)}, NHS number ${patient.nhsNumber}`
    writeLetter(making, {
      day,
      title: `Letter from ${clinic.department}`,
      department: clinic.department,
      about: who,
      body: compose(random, clinic.body),
    })
  }
}

/** One letter, as text. Filed two to six days after it was written. */
export function writeLetter(
  making: Making,
  letter: {
    readonly day: Day
    readonly title: string
    readonly department: string
    readonly about: string
    readonly body: string
    readonly markers?: readonly DemoMarker[]
  },
): string {
  const { book, person, practice, random } = making
  const text = [
    'North Vale Hospital',
    letter.department,
    '',
    `Date of clinic: ${shortDate(letter.day)}`,
    `To: ${person.patient.usualClinician}, ${practice.name}`,
    '',
    `Re: ${letter.about}`,
    '',
    letter.body,
    '',
    `${random.pick(['Mr', 'Miss', 'Dr', 'Dr'])} ${random.pick(['A Lister', 'R Banerjee', 'S Whitlock', 'J Adeyinka', 'C Morgan', 'P Sorensen'])}`,
    letter.department,
  ].join('\n')
  const bytes = new TextEncoder().encode(text)
  const filed = workingDayFrom(letter.day + random.int(2, 5))
  const isFiled = !letter.markers && filed < making.today
  return book.add({
    kind: 'document',
    title: letter.title,
    ...onDay(letter.day),
    organisation: 'North Vale Hospital',
    ...(isFiled && { filedAt: onDay(filed).recordedAt }),
    ...(letter.markers
      ? { markers: letter.markers }
      : !isFiled && { markers: ['unreviewed' as const] }),
    detail: { contentType: 'text/plain', sizeBytes: bytes.length },
    content: { contentType: 'text/plain', bytes },
  })
}

function writeReferral(making: Making, department: string, wanted: Day): void {
  const { book, random, person } = making
  const day = visitDay(making, wanted)
  if (day === undefined || department === 'Emergency Department') return
  book.add({
    kind: 'referral',
    title: `Referral to ${department.toLowerCase()}`,
    ...onDay(day),
    author: person.patient.usualClinician,
    detail: {
      to: `${department}, North Vale Hospital`,
      reason: random.pick([
        'Assessment and advice',
        'Persistent symptoms',
        'For an opinion',
        'Monitoring',
      ]),
      priority: random.pick(['Routine', 'Routine', 'Routine', 'Urgent']),
    },
  })
}
