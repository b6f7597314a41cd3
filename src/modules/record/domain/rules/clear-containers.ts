import { detailOf } from '../details.ts'
import type { Rule } from '../screening.ts'
import { isPlainHeading, isPlainVisit } from './consultations.ts'

/**
 * Rules that let consultations and their headings be shown without a person, each for one plain kind of thing.
 */
export const containerRules: readonly Rule[] = [
  {
    id: 'clear.heading',
    why: 'A usual heading, everything under it released.',
    fires: (entry, { within }) =>
      (entry.kind === 'heading' || entry.kind === 'topic') &&
      within === 'all-released' &&
      isPlainHeading(entry.title),
    examples: {
      fire: [
        { entry: { kind: 'heading', title: 'Examination' }, context: { within: 'all-released' } },
      ],
      quiet: [
        { entry: { kind: 'heading', title: 'Examination' }, context: { within: 'some-held' } },
        { entry: { kind: 'heading', title: 'Examination' } },
        { entry: { kind: 'topic', title: 'Trouble at home' }, context: { within: 'all-released' } },
      ],
    },
  },
  {
    id: 'clear.consultation',
    why: 'A visit called only by its kind, everything in it released.',
    fires: (entry, { within }) =>
      entry.kind === 'consultation' &&
      within === 'all-released' &&
      isPlainVisit(entry.title, detailOf('consultation', entry).type),
    examples: {
      fire: [
        {
          entry: { kind: 'consultation', title: 'GP surgery consultation' },
          context: { within: 'all-released' },
        },
      ],
      quiet: [
        {
          entry: { kind: 'consultation', title: 'GP surgery consultation' },
          context: { within: 'some-held' },
        },
        { entry: { kind: 'consultation', title: 'GP surgery consultation' } },
        {
          entry: { kind: 'consultation', title: 'Multi-agency meeting' },
          context: { within: 'all-released' },
        },
      ],
    },
  },
]
