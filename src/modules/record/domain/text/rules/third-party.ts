import type { TextRule } from '../rule.ts'

const harmless = `
  LOGISTIC ~9 only
  confidential ~2 service/helpline/advice/line/counselling
`

/** Somebody else said it, and the patient may not know; or the source is hidden. Source: DISCLOSURE 2.2. */
export const confidentialRules: readonly TextRule[] = [
  {
    id: 'confidential.kin-speaks',
    category: 'third_party_confidential',
    isSign: true,
    why: 'Somebody close to the patient said this, with no sign that the patient was there or knows.',
    notWith: ['present', 'consented'],
    when: `
      REL ~2 CONTACT/SAY
      CONTACT/letter/note/email/call/text/voicemail/message/info/information/history/hx/collateral/account/report/reports/concern/concerns/query ~1 from/by/off ~2 REL
      according/per/via REL
      REL ~1 THINK
      REL 's ~1 concern/concerns/worry/worries/account/version/words/view/opinion
      concerns/concern ~2 raised/expressed/voiced ~2 REL
      spoke/spoken/speaking/talked/speak ~1 with/to REL
      told/informed/advised by REL
    `,
    fires: [
      '52M| Wife rang, says he is drinking a bottle of vodka a day.',
      '71F| Daughter phoned: mum leaving the gas on and getting lost.',
    ],
    quiet: ['44M| Wife present, says he snores.', '60F| Pt says husband snores.'],
  },
  {
    id: 'confidential.outsider-speaks',
    category: 'third_party_confidential',
    isSign: true,
    why: 'Somebody outside the family said this, with no sign that the patient was there or knows.',
    notWith: ['present', 'consented'],
    when: `
      OUTSIDER ~3 CONTACT/SAY
      CONTACT/letter/note/email/call/text/voicemail/message/info/information/history/hx/collateral/account/report/reports/concern/concerns/query ~2 from/by/off ~2 OUTSIDER
      OUTSIDER ~1 THINK
      according/per/via OUTSIDER
      told/informed/tipped by OUTSIDER
      spoke/spoken/talked ~1 with/to OUTSIDER
      OUTSIDER 's ~1 concern/concerns/account/version
    `,
    fires: ['45M| Neighbour telephoned: shouting through the wall all night.'],
    quiet: ['45M| Pt says his boss rang him twice.'],
  },
  {
    id: 'confidential.caller',
    category: 'third_party_confidential',
    why: 'Somebody rang or wrote about the patient, who was not there.',
    when: `
      ^ NEIGHBOUR/UNKNOWN rang/phoned/called/emailed/wrote/telephoned/texted ~2 worried/concerned/anxious/says/reports/suspects/thinks
      ^ REL rang/phoned/called/emailed/wrote/telephoned/texted he/she drinks/drinking/hits/lies/forgets/wanders/hides/gambles/isn't/won't
      ^ REL rang/phoned/called/emailed/wrote/telephoned/texted : he/she drinks/drinking/hits/lies/forgets/wanders/hides/gambles/isn't/won't
    `,
    unless: `LOGISTIC`,
    from: 16,
    notWith: ['present', 'consented', 'told'],
    fires: [
      '70M| Neighbour rang, worried.',
      '50M| Back pain. Daughter rang: he drinks more than he says. Physio.',
    ],
    quiet: ['70M| Neighbour rang, worried, with him on speaker.', '70M| Neighbour came with him.'],
  },
  {
    id: 'confidential.apart',
    category: 'third_party_confidential',
    isSign: true,
    why: 'Somebody spoke to staff apart from the patient.',
    onlyWith: ['apart'],
    when: `
      PRONOUN ~2 hung/hangs/stayed/lingered ~1 back/behind
      ANYONE ~9 APART
      APART ~9 ANYONE
      spoke/spoken/talked/saw ~6 alone/privately/separately
    `,
    unless: `lives/living/live/lived alone\n^ MOTHER/FATHER/PARENT in waiting room`,
    fires: ['66M| Seen with wife. She hung back afterwards: he is forgetting to eat.'],
    quiet: ['66M| Wife lives alone now he is in care.'],
  },
  {
    id: 'confidential.secrecy',
    category: 'third_party_confidential',
    why: 'It says that something is to be kept from the patient, or that its source is.',
    when: `
      DONTTELL
      NONAME
      BEHIND
      not/doesn't/don't/doesnt/wouldn't ~4 named/identified/quoted/attributed
      not ~3 know/told/aware ~3 rang/called/phoned/contacted/spoke/spoken/us/been
      HIM/he/she/they ~1 must/mustn't/mustnt ~1 not? know/hear/learn/see
      UNAWARE ~4 call/letter/email/message/contact/conversation/contacted/rang/spoken/spoke/came/wrote/here/visit/discussion/this/disclosure/report/referral/source
      call/letter/email/message/contact/conversation/disclosure/referral ~6 UNAWARE
      CONFIDE ~5 letter/note/info/information/call/conversation/source/disclosure/phone/entry/report/email/from/third/section
      letter/note/info/information/call/conversation/source/disclosure/phone/report/email/told/said/spoke/strictly/marked/private ~2 CONFIDE
    `,
    unless: harmless,
    fires: ['38F| Please do not tell her that I called.', '50M| Caller does not want to be named.'],
    quiet: ['38F| Given number of confidential helpline.'],
  },
  {
    id: 'confidential.hidden-source',
    category: 'third_party_confidential',
    isSign: true,
    why: 'It hints at something that others have said.',
    when: `
      informant
      your patient
      writing/write/writes ~1 about/re/regarding/concerning
      knows/know ~1 pt/him/her/patient/family ~2 socially/personally/well/outside/through
      works/lives/drinks/trains/plays ~1 with/near/opposite PT
      overheard
      attended/came/seen/comes/visited/in ~1 without HIM/PT
      note ~2 passed/pushed/handed/slipped
      his/her eldest/youngest ~2
      manager's/carer's/staff ~1 view/opinion/comments
      ANYONE 's view/opinion/take/comments
      HUSHED
      let/lets/letting us/me know
      slipped/passed/handed/gave/left/pushed ~3 note/letter/envelope/card
      not/wasn't/isn't ~1 on/in ~1 printout/letter/copy
      eavesdrop*
      keep/keeping/kept ~3 from HIM/PT
      don't/dont/not ~2 alert/warn
      CONFIDE
      source ~3 asked/says/said/wishes/requests/wants/tells/told/reliable/unknown
      UNKNOWN ~2 SAY/CONTACT
      it ~1 transpires/emerges/appears ~3 from
      have/been/was/were ~1 heard/informed/told/advised/tipped ~3 by/from ANYONE/UNKNOWN/another
      heard/learnt/learned/gathered/understand ~3 from/through/via ANYONE/another/elsewhere/separate
      told ~3 in ANYONE 's/own? ~2 consult/consultation/appt/appointment
      ANYONE 's ~1 own? consult/consultation/appt/appointment/review
      during/at/in his/her/their own? ~1 consult/consultation/appt/appointment
      what ~3 FOLK/SPOUSE/PARENT ~2 tell/tells/told/say/says/said
      see ~1 tel/telephone/phone/separate/sep/confidential/private log/note/entry/letter
      rumour/rumours/rumoured/gossip/hearsay/allegedly/alleged/allegation/allegations/allegedly/alleges/unproven/unsubstantiated
      word is/has
      little bird
      collateral/collat
      tip off
      from a/another/separate/reliable/third ~1 source/sources
    `,
    unless: `denies allegation`,
    fires: [
      '40M| Collateral obtained: spending thousands.',
      '40M| A reliable source says he is using again.',
    ],
    quiet: ['40M| Source of bleeding not found.'],
  },
  {
    id: 'confidential.kin-unexplained',
    category: 'third_party_confidential',
    isSign: true,
    why: 'It speaks of somebody close to the patient, and nothing shows that the patient said it or knows it.',
    notWith: ['present', 'consented'],
    when: `
      REL :
      REL ~9 not/never/won't/wont/refus*/stop*/isn't/doesn't/only
      HIM/PT ~3 REL ~6 NUMBER
    `,
    fires: ['33M| Wife: not himself since the promotion.'],
    quiet: ['33M| Lives with wife and two children.'],
  },
]

/** Somebody else can be recognised, or something is told of their health or conduct. Source: DISCLOSURE 2.2. */
export const identifiableRules: readonly TextRule[] = [
  {
    id: 'identifiable.their-record',
    category: 'third_party_identifiable',
    isSign: true,
    why: 'It points at, or was taken from, somebody else’s record.',
    when: `
      ANYONE 's ~3 RECORD
      ANYONE 's ~3 result/results/report/letter/scan/bloods/test/diagnosis/form ~4 pasted/copied/scanned/filed/below/here/attached/enclosed/in
      ANYONE RECORD
      RECORD ~1 of/for/from/on ANYONE
      his/her/their own RECORD
      see/refer/check/cf/xref/linked/link/from/in/per/on/reviewed/opened/read/accessed ~3 his/her/their/ANYONE ~3 RECORD
      from ~3 ANYONE ~4 RECORD
      ANYONE ~2 also/is/are/was/another ~2 PT here/of
      also ~1 a? ~1 PT ~1 here/of/at
      another ~2 of? our? PT/pts
      our PT
      PT ~1 at/of/with ~2 practice/surgery/ours/us
      his/her/their ~2 coded/own ~2 entry/entries/codes
      ANYONE ~2 registered ~1 here/with/at
      linked ~2 record/patient/pt/with/to ANYONE
      cross reference/ref/refer
      other pt/patient/resident/child/inpatient/client
      fellow resident/patient/inpatient/pt
      resident ~2 in ~1 room
      another resident/patient/child/pupil/inpatient
      not from pt/patient/him/her
    `,
    fires: [
      '30M| FH from brother’s notes: BRCA2.',
      '41F| Her sister is also a pt here with the same.',
    ],
    quiet: ['30M| Old notes summarised.'],
  },
  {
    id: 'identifiable.identifiers',
    category: 'third_party_identifiable',
    isSign: true,
    why: 'It gives a name, date of birth, number or address of somebody else.',
    when: `
      ANYONE ~5 dob/d.o.b/born/nhs/hosp/hospital ~3 DATE/NUMBER
      ANYONE ~6 dob
      ANYONE FIRSTNAME ~6 DISEASE/SERIOUS/STI/HIV/ADDICT/ABUSE/LEGAL
      ANYONE ~6 nhs ~1 no/number
      ANYONE NAME CAPITAL
      ANYONE ~2 FIRSTNAME CAPITAL
      ANYONE ~5 DATE 
      ANYONE ~8 NHSNO
      ANYONE ~1 lives/living at NUMBER
      ANYONE ~6 postcode/address/mobile
      NAME dob
      TITLE CAPITAL
      TITLE INITIAL
      INITIAL CAPITAL ~4 has/had/is/was/tested/also/DISEASE
      OUTSIDER INITIAL CAPITAL
      FIRSTNAME CAPITAL ~6 also/another/other/pt/hiv/pos/dob
      FIRSTNAME INITIAL
      FIRSTNAME CAPITAL
    `,
    unless: `nok/kin/emergency`,
    fires: ['50F| Husband Peter Marsh (dob 3/4/61) is the carrier.'],
    quiet: ['50F| Seen by Dr Marsh.'],
  },
  {
    id: 'identifiable.their-health',
    category: 'third_party_identifiable',
    isSign: true,
    why: 'It tells of somebody else’s health or conduct that the patient may not know of.',
    when: `
      ANYONE ~8 STI/HIV/TOP/PATERNITY
      ANYONE ~8 UNAWARE
      UNAWARE ~8 ANYONE
      REL/NEIGHBOUR/WORK ~8 dealing/dealer/dealers/prison/jail/inside/arrested/convicted/offender/paedophile/steals/stealing/stole/affair/cheating/bailed/sentenced/tagged/banned/alcoholic/drinks/drinking/drunk/using/heroin/cocaine/crack/gambling/debts/debt/illegal/immigrant/overstayed/benefit/fraud
      ANYONE ~6 gene/genetic/carrier/mutation/huntington*/hd/brca* ~3 pos/positive/carrier/result
      non paternity
      PATERNITY
      index ~1 case/patient
      ANYONE ~3 tested ~2 positive/pos
    `,
    unless: `HISTORY\nPT says/reports/states\nenergy/fizzy/soft/hot drinks`,
    notWith: [],
    fires: [
      '50F| Sister drinks.',
      '29F| Husband’s chlamydia came back pos at the other clinic.',
      '25M| Dad carries the gene, son unaware.',
    ],
    quiet: ['29F| FH: mother HD.'],
  },
]
