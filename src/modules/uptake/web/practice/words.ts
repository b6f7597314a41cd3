import type { Dimension, Gap } from '../../domain/equity/gap.ts'
import type { ShownCount } from '../../domain/equity/shown.ts'
import { formatCount } from '../places/words.ts'

/** What each dimension is called at the head of its table. */
export const dimensionNames: Readonly<Record<Dimension, string>> = {
  age: 'Age',
  sex: 'Sex',
  deprivation: 'Deprivation of the area people live in',
  language: 'Language people speak best',
  'long-term-condition': 'Long-term condition on record',
}

const languages = new Intl.DisplayNames(['en-GB'], { type: 'language' })

/** A band as people say it: "75 to 84", "Most deprived tenth", "Urdu", "Not recorded". */
export function formatBand(dimension: Dimension, band: string): string {
  if (band === 'not-known') return 'Not recorded'
  switch (dimension) {
    case 'age':
      return band
    case 'sex':
      return band === 'female' ? 'Female' : 'Male'
    case 'deprivation':
      return tenths[Number(band) - 1] ?? band
    case 'language':
      return languages.of(band) ?? band
    case 'long-term-condition':
      return band === 'yes' ? 'One or more' : 'None'
  }
}

const tenths = [
  'Most deprived tenth',
  ...['2nd', '3rd', '4th', '5th', '6th', '7th', '8th', '9th'].map((place) => `${place} tenth`),
  'Least deprived tenth',
]

/** The people of a band, in the middle of a sentence. */
function peopleOf({ band: { dimension, band } }: Gap): string {
  switch (dimension) {
    case 'age':
      return `people aged ${band}`
    case 'sex':
      return band === 'female' ? 'women and girls' : 'men and boys'
    case 'deprivation':
      return `people who live in the ${formatBand(dimension, band).toLowerCase()} of areas`
    case 'language':
      return `people who speak ${formatBand(dimension, band)} best`
    case 'long-term-condition':
      return band === 'yes'
        ? 'people with a long-term condition'
        : 'people without a long-term condition'
  }
}

/** The largest gap in one plain sentence or two. */
export function formatGap(gap: Gap): string {
  const { share, listShare, missing } = gap
  return (
    `The largest gap is for ${peopleOf(gap)}: ${Math.round(share)} of 100 of them can use online ` +
    `services, against ${Math.round(listShare)} of 100 of your whole list. ` +
    `${formatCount(missing)} more of them would have to be able to, for them to be level.`
  )
}

/** A count, or why it is not there. */
export function formatShownCount(count: ShownCount): string {
  if (count === 'few') return 'fewer than 5'
  return count === 'withheld' ? 'not shown' : formatCount(count)
}

/** How appointments are held, and how they were booked. */
export const channelNames: Readonly<Record<string, string>> = {
  'in-person': 'In person',
  telephone: 'Telephone',
  video: 'Video',
}

/** How an appointment was booked. */
export const howNames = {
  online: 'Online, by the patient',
  phone: 'By phone',
  'in-person': 'At the desk',
  other: 'Another way',
} as const

/** "34 of 100", or a dash where there is nothing to take a share of. */
export function formatOf100(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)}%`
}
