import type { Flag } from './assess.ts'
import { cue, type Cues } from './cues.ts'
import { identityFlag, speaksOfKin } from './identity-flag.ts'
import type { KnownPerson } from './known-person.ts'

interface Said {
  readonly found: RegExpMatchArray
  readonly years?: number
  readonly sex?: 'male' | 'female'
}

const agedAs =
  /(?<![\w/.])(\d{1,3})[ -]?(?:(?:y\/?o|yrs?|years?)[ -]?(?:old)?[ -]?)?(m|f|man|woman|male|female|gentleman|lady|boy|girl)\b(?![/:])/gi
const thisOld =
  /\b(?:this|pleasant|delightful|lovely|elderly) (?:[a-z]+ ){0,2}(\d{1,3})[ -]?(?:y\/?o|yrs?|years?)[ -]?old\b/gi
const sexThenAge =
  /\b([Mm]ale|[Ff]emale|[Mm]an|[Ww]oman|[Gg]entleman|[Ll]ady|[Bb]oy|[Gg]irl|M|F),? (?:aged?|of|age is)? ?(\d{1,3}) ?(?:yrs?|years?|yo?)?\b(?!\d|%|[/.:-]\d)/g
const statedAge =
  /\bage[d]?\b(?: (?:is|as|stated|given|recorded|reads|says|shown)| (?:on|in) (?:the |this )?[a-z-]+(?: (?:form|report|label|letter|slip|header|strip))?)+ *[:=]? *(?:is |as )?(\d{1,3})\b(?! ?(?:weeks|wks?|months|mths|days|\/))/gi
const statedSex =
  /\b(?:sex|gender)\b(?: (?:is|as|stated|given|recorded|reads|says|shown|marked)| (?:on|in) (?:the |this )?[a-z-]+(?: (?:form|report|label|letter|slip|header|strip|summary))?)* *[:=-]? *["'“(]?(male|female|m|f)\b(?!\/)/gi
const retiredIn = /\b(?:retired|retd)\.? (?:in |since )?19\d\d\b/gi
const gestation = /(?<![\d/])(?:[5-9]|[1-3]\d|4[0-2])(?:\+[0-6])?\/40\b|\bG\d ?P\d\b/g
const ofBirth =
  /\b(?:born|birth|prem\w*|ex|corrected|delivered|neonat\w*|vision|eyes?|va|snellen)\b/i
const female = new Set(['f', 'woman', 'female', 'lady', 'girl'])
const none: readonly Flag[] = []
const ages = cue.aged | cue.old | cue.age | cue.sex

/** Ages, sexes and stages of life that are not the patient's. */
export function ageFlags(text: string, cues: Cues, person: KnownPerson): readonly Flag[] {
  const life = lifeFlags(text, cues, person)
  if ((cues & ages) === 0) return life
  const why = 'It gives an age or sex that is not the patient’s.'
  return [
    ...sayings(text, cues)
      .filter((said) => isAnother(said, person) && !isOfSomebodyElse(text, said.found.index ?? 0))
      .map(({ found }) => identityFlag('age-or-sex', found, why)),
    ...life,
  ]
}

function sayings(text: string, cues: Cues): readonly Said[] {
  const said: Said[] = []
  const matches = (cueOf: Cues, form: RegExp) => ((cues & cueOf) === 0 ? [] : text.matchAll(form))
  for (const found of matches(cue.aged, agedAs)) {
    const [, years = '', word = ''] = found
    if (isLooseLetter(word)) continue
    said.push({ found, years: Number(years), sex: sexOf(word) })
  }
  for (const found of matches(cue.old, thisOld)) said.push({ found, years: Number(found[1]) })
  for (const found of matches(cue.aged, sexThenAge)) {
    const [whole, word = '', years = ''] = found
    const isSpelt = word.length > 1 || /y/i.test(whole.slice(1))
    if (isSpelt && /aged?|of|y|,/i.test(whole.slice(word.length)))
      said.push({ found, years: Number(years), sex: sexOf(word) })
  }
  for (const found of matches(cue.age, statedAge)) said.push({ found, years: Number(found[1]) })
  for (const found of matches(cue.sex, statedSex)) {
    const [, word = ''] = found
    if (!isLooseLetter(word)) said.push({ found, sex: sexOf(word) })
  }
  return said
}

function isLooseLetter(word: string): boolean {
  return word.length === 1 && word !== word.toUpperCase()
}

function sexOf(word: string): 'male' | 'female' {
  return female.has(word.toLowerCase()) ? 'female' : 'male'
}

function isAnother({ years, sex }: Said, { patientAge, sex: own }: KnownPerson): boolean {
  if (years !== undefined && years > 115) return false
  if (sex !== undefined && own !== undefined && sex !== own) return true
  // Letters are older than today: the patient may have been younger, never much older.
  return (
    years !== undefined &&
    patientAge !== undefined &&
    (years > patientAge + 1 || years < patientAge - (patientAge < 20 ? 6 : 25))
  )
}

/** Whether it may give weeks of a pregnancy. */
export function mayBear(text: string): boolean {
  return text.includes('/40')
}

function lifeFlags(text: string, cues: Cues, { patientAge, sex }: KnownPerson): readonly Flag[] {
  if ((cues & cue.life) === 0 && !mayBear(text)) return none
  const flags: Flag[] = []
  if (patientAge !== undefined && patientAge < 36 && !speaksOfKin(text))
    for (const found of text.matchAll(retiredIn))
      flags.push(identityFlag('age-or-sex', found, 'It speaks of a life far longer than theirs.'))
  const cannotBear =
    (sex === 'male' && patientAge !== undefined && patientAge > 0) ||
    (sex === 'female' && patientAge !== undefined && patientAge > 59)
  if (cannotBear && !speaksOfKin(text) && !ofBirth.test(text))
    for (const found of text.matchAll(gestation))
      flags.push(identityFlag('pregnancy', found, 'It gives weeks of a pregnancy, not theirs.'))
  return flags
}

const kinBefore =
  /\b(?:wife|husband|partner|son|daughter|brother|sister|mother|father|mum|dad|uncle|aunt|cousin|nephew|niece|gran\w*|fh|child|children|kids?|with|lives|has)\b[^.]{0,25}$/i

function isOfSomebodyElse(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at)
  return kinBefore.test(before) || /\b(?:his|her|their|my) $/i.test(before)
}
