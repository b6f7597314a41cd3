import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import { allot, type Allotted, type DrawId, type DrawInputs } from '../../domain/draw/allot.ts'
import { drawInputs, type Entrant } from '../../domain/draw/inputs.ts'
import type { PracticeSettings, Slot } from '../../domain/slot.ts'
import { nextWaking } from '../../domain/waitlist/offer-time.ts'
import {
  lockDueDraw,
  lockEntries,
  lockSlotsOfDraw,
  type DueDraw,
  type StandingEntry,
} from '../../queries/draw/draw-facts.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { patientFacts } from '../../queries/waitlist/patient-facts.ts'
import { lockPlaces } from '../../queries/waitlist/places.ts'
import { carryOver } from './carry-over.ts'
import { writeAllotted, type Winner } from './write-allotted.ts'

/** A draw is run when its window closes. */
export const drawJobs: readonly JobHandler[] = [
  {
    kind: 'appointments.run-draw',
    run: async (tx, payload) => {
      const drawId = parseId<'Draw'>(payload['drawId'])
      if (!drawId) throw new Error('The job of a draw names none')
      await runDraw(tx, drawId)
    },
  },
]

/**
 * Runs a draw once, whole: records what it is allotted from, books what is allotted, releases what is
 * left to everyone, carries who has nothing to the waitlist, and tells everyone who asked. A booking
 * of theirs that gets in between breaks it off, and it is run again from the start.
 */
async function runDraw(tx: Tx<SystemProof>, drawId: DrawId): Promise<void> {
  const draw = await lockDueDraw(tx, drawId)
  if (!draw) return
  if (tx.now < draw.closesAt) throw new Error('A draw was to be run before its window closed')
  await lockPlaces(tx)
  const slots = await lockSlotsOfDraw(tx, drawId)
  const entries = await lockEntries(tx, drawId)
  const settings = await practiceSettings(tx)
  const entrants = await entrantsOf(tx, entries)
  const { priorities } = draw
  const { maxHeld } = settings
  const inputs = drawInputs({ priorities, slots, entrants, maxHeld, now: tx.now })
  const result = allot(inputs, draw.seed)

  await writeAllotted(tx, drawId, winnersOf(result, entries, entrants, slots))
  await writeUnplaced(tx, drawId, result, entries)
  await releaseRest(tx, drawId)
  await finish(tx, draw, inputs)
  const unplaced = entrants.filter((entrant) => whyUnplaced(result, entrant) !== undefined)
  await carryOver(
    tx,
    settings,
    entries.filter((entry) => isAmong(unplaced, entry)),
  )
  await tellEveryone(tx, drawId, entries, settings)
}

/** Who is registered no longer is left out. */
async function entrantsOf(
  tx: Tx<SystemProof>,
  entries: readonly StandingEntry[],
): Promise<readonly Entrant[]> {
  const facts = await patientFacts(
    tx,
    entries.map((entry) => entry.patientId),
  )
  return entries.flatMap(({ entryId, patientId, wishes }) => {
    const about = facts.get(patientId)
    return about ? [{ entryId, patientId, wishes, ...about }] : []
  })
}

function winnersOf(
  result: readonly Allotted[],
  entries: readonly StandingEntry[],
  entrants: readonly Entrant[],
  slots: readonly Slot[],
): readonly Winner[] {
  return result.flatMap(({ entryId, slotId }) => {
    const entry = entries.find((one) => one.entryId === entryId)
    const entrant = entrants.find((one) => one.entryId === entryId)
    const slot = slots.find((one) => one.slotId === slotId)
    return entry && entrant && slot ? [{ entry, held: entrant.held, slot }] : []
  })
}

function whyUnplaced(result: readonly Allotted[], entry: { readonly entryId: string }) {
  return result.find((one) => one.entryId === entry.entryId)?.whyUnplaced
}

function isAmong(entrants: readonly Entrant[], entry: StandingEntry): boolean {
  return entrants.some((entrant) => entrant.entryId === entry.entryId)
}

async function writeUnplaced(
  tx: Tx<SystemProof>,
  drawId: DrawId,
  result: readonly Allotted[],
  entries: readonly StandingEntry[],
): Promise<void> {
  const allotted = new Set(result.filter((one) => one.slotId).map((one) => one.entryId))
  const rows = entries
    .filter((entry) => !allotted.has(entry.entryId))
    .map((entry) => ({
      entryId: entry.entryId,
      why: whyUnplaced(result, entry) ?? 'not-eligible',
    }))
  await tx.run(sql`
    update appointments.draw_entry
    set outcome = 'unplaced', why_unplaced = listed.why
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as listed ("entryId" uuid, why text)
    where draw_entry.practice = ${tx.acting.practice}
      and draw_entry.draw_id = ${drawId}
      and draw_entry.entry_id = listed."entryId"
  `)
}

/** What is left can be booked by everyone from now on. */
async function releaseRest(tx: Tx<SystemProof>, drawId: DrawId): Promise<void> {
  await tx.run(sql`
    update appointments.slot
    set state = 'free',
      bookable_online = national_category is not null and delivery_channel is not null,
      released_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
      and state = 'held'
  `)
}

async function finish(tx: Tx<SystemProof>, draw: DueDraw, inputs: DrawInputs): Promise<void> {
  await tx.run(sql`
    update appointments.draw
    set drawn_at = ${tx.now}, inputs = ${JSON.stringify(inputs)}
    where practice = ${tx.acting.practice}
      and draw_id = ${draw.drawId}
  `)
  await recordEvent(tx, {
    type: 'appointments.draw-run',
    details: {
      drawId: draw.drawId,
      slots: inputs.slots.length,
      entries: inputs.entries.length,
    },
  })
}

async function tellEveryone(
  tx: Tx<SystemProof>,
  drawId: DrawId,
  entries: readonly StandingEntry[],
  settings: PracticeSettings,
): Promise<void> {
  const toldAt = nextWaking(tx.now, settings)
  for (const { patientId } of entries) {
    await enqueue(tx, 'appointments.send-draw-result', { drawId, patientId }, toldAt)
  }
}
