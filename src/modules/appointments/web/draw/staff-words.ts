import type { FieldFault } from '#platform/http'
import type { WhyUnplaced } from '../../domain/draw/allot.ts'
import type { DrawFault, DrawState } from '../../domain/draw/draw.ts'

const states: Readonly<Record<DrawState, string>> = {
  planned: 'Not open yet',
  open: 'Open',
  closed: 'Closed, being drawn',
  drawn: 'Drawn',
  cancelled: 'Called off',
}

/** How a draw stands, for staff. */
export function formatDrawState(state: DrawState): string {
  return states[state]
}

const whys: Readonly<Record<WhyUnplaced, string>> = {
  'none-left': 'Nothing left that suits',
  'none-suits': 'Nothing suits, or at the same time as another appointment',
  limit: 'At the limit of appointments',
  'not-eligible': 'Slots are for others',
}

/** Why an entry has no slot, for staff. */
export function formatWhy(why: WhyUnplaced | undefined): string {
  return why ? whys[why] : ''
}

const faults: Readonly<Record<DrawFault, FieldFault>> = {
  'closes-before-it-opens': { field: 'closesDay', message: 'The draw must close after it opens' },
  'closes-in-the-past': { field: 'closesDay', message: 'The draw must close in the future' },
  'no-slots': { field: 'slot', message: 'Choose at least one slot' },
  'slots-not-free': {
    field: 'slot',
    message: 'Some of the slots are no longer free, or are in another draw. Choose again',
  },
  'slots-not-described': {
    field: 'slot',
    message: 'Some of the slots have no national category or no way of meeting',
  },
  'slots-start-before-the-result': {
    field: 'slot',
    message: 'Every slot must start after the draw has closed',
  },
}

/** Faults of a plan, each at the field of the form that mends it, in page order. */
export function drawFaultsInOrder(given: readonly DrawFault[]): readonly FieldFault[] {
  const said = given.map((fault) => faults[fault])
  return [
    ...said.filter((fault) => fault.field === 'slot'),
    ...said.filter((fault) => fault.field !== 'slot'),
  ]
}
