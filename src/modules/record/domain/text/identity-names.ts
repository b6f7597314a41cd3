import type { Flag } from './assess.ts'
import { areSameForename, sexOfForename } from './forenames.ts'
import { cue, type Cues } from './cues.ts'
import { identityFlag, speaksOfKin, withMore } from './identity-flag.ts'
import type { KnownPerson } from './known-person.ts'

const heading =
  /^[ \t]*(?:re|patient|patient name|pt|pt name|client|full name|name|regarding|rgd)[ \t]*[:-][ \t]*((?:[A-Z][\w'’-]*[ ,.\t(]*){2,5})/gim
const mayHead = /(?:re|patient|pt|client|name|regarding|rgd)[ \t]*[:-]/i
const about =
  /(?:^|\b[Dd]ear (?:Dr|Doctor|Colleague)[^.;:]{0,30}?[ ,])[ \t]*[Rr]e[ \t]+((?:[A-Z][a-z'’-]+[ \t]+){1,3}[A-Z][a-z'’-]+)/gm
const none: readonly Flag[] = []
const title = /^(?:mr|mrs|miss|ms|mx|master|mstr|sir|lady|rev|prof|dr|baby|boy|girl|of)$/i
const men = new Set(['mr', 'master', 'mstr', 'sir'])
const women = new Set(['mrs', 'miss', 'ms', 'madam', 'lady'])
const renamed = /\b(?:n[ée]e|formerly|previously|maiden|now|known as|aka|prefers|goes by|alias)\b/i

/** Where a text is headed, addressed or labelled with a name that is not the patient's. */
export function nameFlags(text: string, cues: Cues, person: KnownPerson): readonly Flag[] {
  const addressed = withMore(headingFlags(text, cues, person), salutationFlags(text, cues, person))
  return withMore(withMore(addressed, labelFlags(text, cues, person)), comers(text, cues, person))
}

function headingFlags(text: string, cues: Cues, person: KnownPerson): readonly Flag[] {
  if ((cues & cue.heads) === 0 || (cues & cue.heading) === 0 || !mayHead.test(text)) return none
  return [...text.matchAll(heading)]
    .filter(([, words = '']) => isAnotherName(words, person))
    .filter((found) => !renamed.test(text.slice(found.index, found.index + 160)))
    .map((found) =>
      identityFlag('name', found, 'It is headed with a name that is not the patient’s.'),
    )
}

const attended =
  /\b(Mr|Mrs|Miss|Ms)\.? (?:[A-Z][\w'’-]+ ){1,2}(?:attended|attends|presented|presents|underwent|complains|suffers|tolerated|denies|describes|DNAd|DNA’d|DNA'd)\b/g

/** Where a letter names somebody of the other sex as the person it is about, or who came to be treated. */
function comers(text: string, cues: Cues, { sex, patientAge }: KnownPerson): readonly Flag[] {
  if (sex === undefined) return none
  const why = 'It tells of somebody who is not the patient.'
  const headed = (cues & cue.heading) === 0 ? [] : [...text.matchAll(about)]
  const others = headed.filter(([, words = '']) => isOfOtherSex(words.split(/[ \t]+/), sex))
  const isGrown = patientAge === undefined || patientAge > 11
  const came = (cues & cue.title) === 0 || !isGrown ? [] : [...text.matchAll(attended)]
  const strangers = came.filter(([, form = '']) => titleSex(form) !== sex)
  if (others.length + strangers.length === 0 || speaksOfKin(text)) return none
  return [...others, ...strangers].map((found) => identityFlag('about', found, why))
}

function isAnotherName(words: string, { familyName, givenName, sex }: KnownPerson): boolean {
  const parts = words.split(/[ ,.\t(]+/).filter((part) => /^[A-Z]/.test(part))
  const names = parts.filter((part) => !title.test(part))
  if (parts.length < 2 || names.length === 0) return false
  if (familyName !== undefined) {
    const own = familyName.toLowerCase()
    if (!words.toLowerCase().includes(own)) return true
    const others = names.filter((part) => part.length > 2 && !own.includes(part.toLowerCase()))
    const isOther = others.length > 0 && sexOfForename(others[0] ?? '') !== undefined
    if (givenName !== undefined && isOther)
      return !others.some((part) => areSameForename(part, givenName))
  }
  return isOfOtherSex(parts, sex)
}

/** By form of address, or by first names where there are two words or more that are names. */
function isOfOtherSex(parts: readonly string[], sex: KnownPerson['sex']): boolean {
  if (sex === undefined) return false
  const titles = parts.map((part) => part.toLowerCase())
  if (titles.some((part) => (sex === 'male' ? women : men).has(part))) return true
  const sexes = parts
    .filter((part) => !title.test(part))
    .flatMap((part) => sexOfForename(part) ?? [])
  return sexes.length > 0 && sexes.every((one) => one !== sex)
}

const salutation =
  /^[ \t]*dear[ \t]+(mr|mrs|miss|ms|master|madam|sir)\b\.?(?:[ \t]+(?:and|&|\/)[ \t]+(?:mr|mrs|miss|ms)\b\.?)?[ \t]*([A-Z][\w'’-]+)?(?:[ \t]+([A-Z][\w'’-]+))?/gim
const toThePatient =
  /\byour (?!patient|referral|letter|opinion|help|kind|advice|practice|colleague|surgery|sincerely|faithfully|review|assessment|son|daughter|child|baby)|\byou (?:for (?:coming|attending|seeing me)|attended|were|have|are|will|can|should|may)\b/i

/** A letter that speaks to somebody with another name or form of address than the patient's. */
function salutationFlags(text: string, cues: Cues, person: KnownPerson): readonly Flag[] {
  const { sex, familyName, patientAge } = person
  if ((cues & cue.dear) === 0 || (patientAge !== undefined && patientAge < 16)) return none
  if (!toThePatient.test(text) || /\byour patient\b/i.test(text)) return []
  return [...text.matchAll(salutation)]
    .filter(([words = '', form = '', first, second]) => {
      const name = second ?? first
      const isBoth = /\b(?:and|&)\b/i.test(words)
      const isOtherName =
        familyName !== undefined &&
        name !== undefined &&
        !`${first} ${name}`.toLowerCase().includes(familyName.toLowerCase())
      const others = sex === 'male' ? women : men
      return isOtherName || (!isBoth && sex !== undefined && others.has(form.toLowerCase()))
    })
    .map((found) =>
      identityFlag('addressed', found, 'It speaks to somebody who is not the patient.'),
    )
}

const label =
  /\b(?:label(?:led)?|headed|addressed|addressee|titled|says|reads|named|called|name on (?:the )?[a-z]+(?: is| =|:)?|middle name(?: on [a-z]+)?|forename(?: on [a-z]+)?|letter (?:is )?(?:for|re|about|to)|report (?:is )?(?:for|re|on)|results? (?:is |are )?(?:for|re|of)|form for|scan (?:for|of)|wrong|other|belongs to|bloods? (?:for|of)|meant for)[ :=]*(?:on |to |a |the |re )?["'“‘]?(?:(Mr|Mrs|Miss|Ms|Master)\.? )?([A-Z][a-z'’-]+)(?: ([A-Z][a-z'’-]+|[A-Z]{3,}))?/g
const inARole =
  /^["'”’,. ]*(?:\(|surgeon|consultant|nurse|dr\b|sister|physio|hca|reception\w*|pharmac\w*|midwife|cardiac|urolog\w*|orthop\w*|ent\b|specialist|breast surg\w*|solicitor|secretary)/i

function labelFlags(text: string, cues: Cues, { sex, givenName }: KnownPerson): readonly Flag[] {
  if (sex === undefined || (cues & cue.label) === 0) return none
  const found = [...text.matchAll(label)]
  if (found.length === 0 || speaksOfKin(text)) return none
  return found
    .filter(([, form, first = '', last]) => {
      if (givenName !== undefined && areSameForename(first, givenName)) return false
      const isForenameAlone = form === undefined
      const given = isForenameAlone ? sexOfForename(first) : titleSex(form)
      return given !== undefined && given !== sex && (isForenameAlone || last !== '')
    })
    .filter((found) => !inARole.test(text.slice(found.index + found[0].length)))
    .map((found) => identityFlag('labelled', found, 'It names somebody who is not the patient.'))
}

function titleSex(form: string): 'male' | 'female' {
  return men.has(form.toLowerCase()) ? 'male' : 'female'
}
