import { tokensOf } from './words.ts'

const vocabulary = new Set(
  `a an the and or to of in at on by with as per each every up for than more not
   one two three four five six seven eight nine ten twelve half quarter once twice thrice
   first second third initially then maximum max least apart between
   take taken takes use used apply applied inhale inhaled inject injected insert inserted put place
   dissolve dissolved chew swallow swallowed spray squirt suck sip wash rub massage instil be
   tablet tablets tab tabs capsule capsules cap caps puff puffs dose doses drop drops spoonful
   spoonfuls spoon 5ml sachet sachets spray sprays patch patches unit units ml mg g mcg microgram
   micrograms gram grams suppository lozenge pastille ampoule
   day days daily night nights nightly morning mornings evening bedtime noon lunch lunchtime
   breakfast dinner tea time times hour hours hourly week weeks weekly month months monthly
   minutes before after during while meals meal food water milk empty stomach whole full glass
   required needed when if necessary directed prescribed advised instructed regularly regular
   od om on bd bid tds tid qds qid prn mane nocte stat hs
   eye eyes ear ears nostril nostrils skin nose mouth scalp area areas affected left right both
   sparingly thinly liberally generously orally oral mouth under tongue pain relief
   monday tuesday wednesday thursday friday saturday sunday same alternate other only`.split(/\s+/),
)

/**
 * Whether a dose says nothing but a dose: every word is one of those that doses are made of, and
 * there are at most 30. An indication, a name or a remark makes it free text.
 */
export function isPlainDose(text: string): boolean {
  const tokens = tokensOf(text)
  if (tokens.length === 0 || tokens.length > 30) return false
  return tokens.every(
    (token) =>
      vocabulary.has(token) || /^\d+(?:\.\d+)?(?:x|%|mg|mcg|g|ml|units?|h|hrs?)?$/.test(token),
  )
}

/** Whether a quantity is a figure and what is counted, such as "28 tablet" or "200 dose". */
export function isPlainQuantity(text: string): boolean {
  return /^\d+(?:\.\d+)? ?(?:x ?\d+)? ?(?:tablets?|capsules?|tabs?|caps?|ml|millilitres?|mls|g|grams?|doses?|inhalers?|sachets?|patch(?:es)?|devices?|packs?|op|bottles?|tubes?|drops?|ampoules?|pens?|cartridges?|units?|lozenges?|suppositor(?:y|ies))?s?$/i.test(
    text.trim(),
  )
}
