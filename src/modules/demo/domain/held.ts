import { coded, onDay } from './book.ts'
import { afterEight } from './days.ts'
import type { DemoMarker, HoldReason } from './entry.ts'
import {
  diaryLines,
  draftLines,
  heldNotes,
  labComments,
  misfiledLetters,
  unreadLetters,
  type HeldNote,
} from './held-words.ts'
import { testEntry } from './labs.ts'
import { panels } from './lab-tests.ts'
import { writeLetter } from './letters.ts'
import { usualDoctor, visitDay, type Making } from './making.ts'
import { inventedSurname } from './names.ts'
import { openVisit } from './visits.ts'

const perRecord = 24

/** Writes what must be held, each with a name that is in nothing else, and keeps the truth of it. */
export function writeHeld(making: Making): void {
  const { random, person, seed, practice } = making
  const everything = person.cast?.part === 'much-held'
  const some = person.cast?.part === 'full' || person.cast?.part === 'huge-record'
  let number = 0
  const who = () =>
    inventedSurname(seed, (practice.index * 10_007 + person.index) * perRecord + number++)
  const happens = (share: number) => random.chance(share / 100)

  for (const note of heldNotes) {
    if (person.age < note.from || person.age > note.until) continue
    if (note.sex && note.sex !== person.patient.sex) continue
    if (happens(note.share) || everything || (some && note.reason === 'third-party-confidential')) {
      writeNote(making, note, who())
    }
  }
  if (happens(4) || everything) writeMisfiled(making, who())
  if (happens(10) || everything || some) writeUnread(making, who())
  if (happens(10) || everything || some) writeUnfiled(making, who())
  if (happens(14) || everything) writeDiary(making, who())
  if (happens(5) || everything) writeDraft(making, who())
  if (happens(4) || everything) writeConfidential(making, who())
}

function recently(making: Making, days: number) {
  const { random, today, person } = making
  return visitDay(
    making,
    today - random.int(1, Math.max(2, Math.min(days, today - person.born - 10))),
  )
}

function filled(text: string, name: string): string {
  return text.replaceAll('{who}', name)
}

/** A note in a visit of its own; where the source marks it, all that holds it is marked as well. */
function writeNote(making: Making, held: HeldNote, name: string): void {
  const day = recently(making, 1100)
  if (day === undefined) return
  const { random, book } = making
  const marked: readonly DemoMarker[] = held.reason === 'nopat' ? ['nopat'] : []
  const visit = openVisit(making, {
    day,
    type: random.pick(['Telephone call', 'GP surgery consultation', 'Telephone consultation']),
    author: usualDoctor(making).name,
    topic: 'Comment',
    ...(marked.length > 0 && { markers: ['restricted-context' as const] }),
  })
  const heading = visit.heading('Comment')
  const key = heading.note(filled(random.pick(held.texts), name), marked)
  book.hide(name, key, held.reason)
  if (!held.beside) return
  const beside = heading.observe(
    held.beside.title,
    held.beside.code,
    `Added after call, see ${name}`,
  )
  book.hide(name, beside, held.reason)
}

function writeMisfiled(making: Making, name: string): void {
  const day = recently(making, 700)
  if (day === undefined) return
  const key = writeLetter(making, {
    day: day - 8,
    title: 'Letter from General Medicine',
    department: 'General Medicine',
    about: `Alan ${name}, born 14/02/1951`,
    body: filled(making.random.pick(misfiledLetters), name),
  })
  making.book.hide(name, key, 'wrong-patient')
}

function writeUnread(making: Making, name: string): void {
  const day = recently(making, 9)
  if (day === undefined) return
  const key = writeLetter(making, {
    day,
    title: `Letter from Dr ${name}, Medical Oncology`,
    department: 'Medical Oncology',
    about: `${making.person.patient.givenName} ${making.person.patient.familyName}`,
    body: filled(making.random.pick(unreadLetters), name),
    markers: ['unreviewed'],
  })
  making.book.hide(name, key, 'unreviewed')
}

/** An abnormal result of the last days that nobody has filed. */
function writeUnfiled(making: Making, name: string): void {
  const { random, book, person } = making
  const day = recently(making, 5)
  const [potassium] = panels.renal.tests.filter((test) => test.id === 'k')
  const [haemoglobin] = panels['blood-count'].tests.filter((test) => test.id === 'hb')
  if (day === undefined || !potassium || !haemoglobin) return
  const [test, figure] = random.chance(0.5) ? [potassium, 6.2] : [haemoglobin, random.int(68, 88)]
  const key = book.add({
    kind: 'result',
    ...testEntry(test, person.patient.sex, figure, 'Serum', ['unfiled']),
    clinicalAt: afterEight(day, random.int(10, 200)),
    clinicalPrecision: 'minute',
    recordedAt: afterEight(day, random.int(300, 600)),
    organisation: 'Pathology, North Vale Hospital',
    text: filled(random.pick(labComments), name),
  })
  book.hide(name, key, 'unfiled')
}

function writeDiary(making: Making, name: string): void {
  const day = recently(making, 200)
  if (day === undefined) return
  const key = making.book.add({
    kind: 'request',
    title: filled(making.random.pick(diaryLines), name),
    ...onDay(day),
    author: usualDoctor(making).name,
    markers: ['diary'],
  })
  making.book.hide(name, key, 'diary')
}

function writeDraft(making: Making, name: string): void {
  const day = recently(making, 3)
  if (day === undefined) return
  const visit = openVisit(making, {
    day,
    type: 'GP surgery consultation',
    author: usualDoctor(making).name,
    topic: 'Comment',
    markers: ['draft'],
  })
  const key = visit.heading('History').note(filled(making.random.pick(draftLines), name))
  making.book.hide(name, key, 'draft')
}

function writeConfidential(making: Making, name: string): void {
  const day = recently(making, 900)
  if (day === undefined) return
  const title = 'Confidential patient data held'
  const reason: HoldReason = 'confidential'
  const key = making.book.add({
    kind: 'observation',
    title,
    ...coded(title, undefined),
    ...onDay(day),
    text: `Held in the safe, see ${name}`,
    markers: ['confidential'],
  })
  making.book.hide(name, key, reason)
}
