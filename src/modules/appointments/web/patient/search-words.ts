import { formatDay } from '#kernel/time'
import { mainSite, type Narrowing, type Period, type SlotSearch } from '../../domain/search.ts'
import type { PracticeChoices } from '../../queries/patient/practice-choices.ts'
import type { TypeOnOffer } from '../../queries/patient/types-on-offer.ts'
import { formatChannelAlone } from '../words.ts'

/** What people can choose from, and what their choices are called. */
export interface SearchChoices extends PracticeChoices {
  readonly types: readonly TypeOnOffer[]
}

/** Periods as they stand in a list to choose from. */
export const periodWords: Readonly<Record<Period, string>> = {
  any: 'Any time',
  today: 'Today',
  tomorrow: 'Tomorrow',
  'this-week': 'This week',
  'next-week': 'Next week',
  'eight-weeks': 'Next 8 weeks',
}

/** What one narrowing of a search says: Monday 2 March 2026, In person, With Dr Okafor. */
export function narrowingWords(
  narrowing: Narrowing,
  search: SlotSearch,
  choices: SearchChoices,
): string {
  switch (narrowing) {
    case 'when':
      return search.day ? formatDay(search.day) : periodWords[search.period]
    case 'how':
      return formatChannelAlone(search.deliveryChannel)
    case 'who': {
      const person = choices.clinicians.find((one) => one.staffId === search.staffId)
      return person ? `With ${person.name}` : 'With one person'
    }
    case 'where':
      return `At ${siteWords(search, choices)}`
    case 'what': {
      const type = choices.types.find((one) => one.slotTypeId === search.slotTypeId)
      return type?.name ?? 'One kind of appointment'
    }
  }
}

function siteWords({ siteId }: SlotSearch, { sites, practice }: SearchChoices): string {
  if (siteId === mainSite) return practice.name
  return sites.find((one) => one.siteId === siteId)?.name ?? 'one place'
}

/** Where a search leads that is rid of one narrowing, in the middle of a sentence. */
export const widerWords: Readonly<Record<Narrowing, string>> = {
  when: 'at any time',
  how: 'in any way',
  who: 'with anyone',
  where: 'at any place',
  what: 'of any kind',
}
