import type { FactRule } from '../rule.ts'

/** What a text shows as a whole: who was there, who has been told. */
export const facts: readonly FactRule[] = [
  {
    fact: 'present',
    when: `
      ANYONE ~3 PRESENT
      NEIGHBOUR/WORK ~12 came/comes/attended/here/in ~4 with/w PT/HIM
      REL ~9 came/comes/attended/here/seen/in ~3 with/w PT/HIM
      PRESENT ~2 ANYONE
      with !drawn PARENT/SPOUSE/SIBLING/WIDER/OFFSPRING/FOLK
      brought/bought/bib/acc/accompanied/escorted ~4 PARENT/SPOUSE/SIBLING/WIDER/OFFSPRING/COMMUNITY/FOLK/SCHOOL/NEIGHBOUR
      ^ SPOUSE/PARENT/WIDER/OFFSPRING and/plus PT
      PT and/plus SPOUSE/PARENT/WIDER/OFFSPRING
      PT ~3 AGREES
      PRONOUN AGREES
      joint visit/consultation/appt
      both seen/attended/present/agree/say/describe/report/came/in
      parents/couple seen/attended/present/say/agree/happy/describe/report
      parents happy
    `,
    unless: `
      lives/living/live/lived/stays/staying/resides/residing/moved/home/lodging/separated/split/arguing/argument/row/issues/problems/trouble/conflict ~2 with REL
      not present
      not with
      without PT/HIM
      not AGREES
      no/without consent
    `,
  },
  {
    fact: 'apart',
    when: `
      PRONOUN ~2 hung/hangs/stayed/lingered ~1 back/behind
      ANYONE ~9 APART
      APART ~9 ANYONE
      APART ~9 SAY/CONTACT
    `,
    unless: `
      lives/living/live/lived alone
      PT ~2 alone
      seen alone
      in waiting room
    `,
  },
  { fact: 'told', when: `TOLDPT` },
  {
    fact: 'consented',
    when: `
      ANYONE ~9 consent/consents/consented/permission/authorised/authority/mandate/lpa/poa/nominated/proxy/attorney/appointee
      consent/permission/authority/authorised/mandate/proxy/attorney/lpa ~9 ANYONE
      PT ~3 consents/consented/permission/agrees/agreed/asked
      happy for ~3 ANYONE
      PT/PRONOUN asked/wants/wanted ANYONE to
      on behalf of
      signed ~2 consent
      consent on file/record
    `,
    unless: `
      no/without/not/refused/declined/hasn't/never/lack/lacks/withdrew/withdrawn ~4 consent/permission/consented/authority
    `,
  },
  { fact: 'untold', when: `UNAWARE\nDONTTELL` },
]
