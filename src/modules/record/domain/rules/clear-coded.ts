import { detailOf } from '../details.ts'
import type { IncomingEntry } from '../entry.ts'
import type { Rule } from '../screening.ts'
import { isPlainAllergy, isPlainCondition, isPlainReaction } from './conditions.ts'
import { isPlainGiving, isPlainVaccine } from './vaccines.ts'

const coded = [{ system: 'http://snomed.info/sct', code: '1' }]

function isCoded(entry: IncomingEntry): boolean {
  return (entry.codings ?? []).some((coding) => coding.code !== '')
}

/**
 * Rules that let coded entries be shown without a person, each for one plain kind of thing.
 */
export const codedRules: readonly Rule[] = [
  {
    id: 'clear.immunisation',
    why: 'A coded, everyday vaccination that was given, with no free text.',
    fires: (entry) => {
      if (entry.kind !== 'immunisation') return false
      const detail = detailOf('immunisation', entry)
      if (detail.given !== true || !isCoded(entry) || !isPlainVaccine(entry.title)) return false
      return (
        (detail.vaccine === undefined || isPlainVaccine(detail.vaccine)) &&
        isPlainGiving(detail.batch, detail.site)
      )
    },
    examples: {
      fire: [
        {
          entry: {
            kind: 'immunisation',
            title: 'Seasonal influenza vaccination',
            codings: coded,
            detail: { given: true, batch: 'K1A2B', site: 'Left upper arm' },
          },
        },
        {
          entry: {
            kind: 'immunisation',
            title: 'Third DTaP/IPV/Hib/HepB vaccination',
            codings: coded,
            detail: {
              given: true,
              vaccine: 'Third DTaP/IPV/Hib/HepB vaccination',
              site: 'Left thigh',
            },
          },
        },
      ],
      quiet: [
        {
          entry: {
            kind: 'immunisation',
            title: 'Seasonal influenza vaccination',
            codings: coded,
            detail: { given: false },
          },
        },
        {
          entry: {
            kind: 'immunisation',
            title: 'Influenza vaccination declined',
            codings: coded,
            detail: { given: true },
          },
        },
        {
          entry: {
            kind: 'immunisation',
            title: 'Seasonal influenza vaccination',
            detail: { given: true },
          },
        },
      ],
    },
  },
  {
    id: 'clear.allergy',
    why: 'A coded allergy to an everyday substance, with no free text.',
    fires: (entry) => {
      if (entry.kind !== 'allergy' || !isCoded(entry) || !isPlainAllergy(entry.title)) return false
      const { reactions = [], severity = '', category = '' } = detailOf('allergy', entry)
      return (
        reactions.every(isPlainReaction) &&
        /^[a-z-]{0,20}$/i.test(severity) &&
        /^[a-z-]{0,20}$/i.test(category)
      )
    },
    examples: {
      fire: [
        {
          entry: {
            kind: 'allergy',
            title: 'Allergy to penicillin',
            codings: coded,
            detail: { status: 'active', reactions: ['Rash'] },
          },
        },
      ],
      quiet: [
        {
          entry: {
            kind: 'allergy',
            title: 'Allergy to penicillin as his record from prison says',
            codings: coded,
            detail: { status: 'active' },
          },
        },
        {
          entry: {
            kind: 'allergy',
            title: 'Allergy to penicillin',
            codings: coded,
            detail: { status: 'active', reactions: ['Rash after visit to clinic'] },
          },
        },
        { entry: { kind: 'allergy', title: 'Penicillin', detail: { status: 'active' } } },
      ],
    },
  },
  {
    id: 'clear.condition',
    why: 'A coded, plain, everyday condition, with no free text.',
    fires: (entry) => entry.kind === 'problem' && isCoded(entry) && isPlainCondition(entry.title),
    examples: {
      fire: [
        { entry: { kind: 'problem', title: 'Essential hypertension', codings: coded } },
        { entry: { kind: 'problem', title: 'Type 2 diabetes mellitus', codings: coded } },
      ],
      quiet: [
        { entry: { kind: 'problem', title: 'Essential hypertension' } },
        {
          entry: { kind: 'problem', title: 'Asthma, made worse at home by smoke', codings: coded },
        },
        { entry: { kind: 'problem', title: 'Bereavement', codings: coded } },
      ],
    },
  },
]
