import type { Rule } from '../screening.ts'
import { isPlainHeading } from './consultations.ts'
import { freeTextOf } from './words.ts'

/**
 * Rules that let notes be shown without a person. Their words have been read by then: whatever
 * speaks against them holds, whatever is cleared here.
 */
export const noteRules: readonly Rule[] = [
  {
    id: 'clear.note',
    why: 'A note under a usual heading, and nothing in its words speaks against showing it.',
    fires: (entry, { within }) =>
      entry.kind === 'note' &&
      within !== 'some-held' &&
      freeTextOf(entry).length > 0 &&
      isPlainNote(entry.title),
    examples: {
      fire: [
        {
          entry: {
            kind: 'note',
            title: 'Comment note',
            text: '3/7 sore throat, no fever. Tonsils red. Fluids, paracetamol, back if worse.',
          },
        },
        { entry: { kind: 'note', title: 'History', text: 'Here with wife, who agrees.' } },
      ],
      quiet: [
        { entry: { kind: 'note', title: 'Comment note' } },
        { entry: { kind: 'note', title: 'Comment note', text: 'Wife rang, he must not know.' } },
        { entry: { kind: 'note', title: 'Alert for staff', text: 'Sore throat.' } },
      ],
    },
  },
]

function isPlainNote(title: string): boolean {
  return (
    isPlainHeading(title) || /^(?:comment|clinical|free text|consultation) notes?$/i.test(title)
  )
}
