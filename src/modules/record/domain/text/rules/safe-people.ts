import type { SafeRule } from '../rule.ts'

const secretive = `
  SECRET
  UNAWARE
  CONFIDE
  FILE
  APART
`
const speaks = `
  ANYONE ~3 mentioned/mentions/reports/reported/alleges/alleged/confided/phoned/rang/emailed/wrote/disclosed/discloses/claims/telephoned/texted/contacted
  ANYONE ~1 CONTACT
  !PT/PRONOUN ANYONE ~1 says/said/told/tells/reports/reported/states/claims/alleges/confided/disclosed/admits
`

/** Ways of speaking of other people that give nothing away which the patient did not say or does not know. */
export const safePeople: readonly SafeRule[] = [
  {
    id: 'safe.family-history',
    why: 'Family history in its usual form.',
    when: `
      HISTORY ~20 [REL] ~6 [DISEASE]?
      [REL] ~6 [DISEASE]
      [REL] ~5 [DISEASE] ~3 [DISEASE] ~3 [DISEASE]?
      HISTORY ~6 [DISEASE/SERIOUS] ~4 [DISEASE/SERIOUS]?
      [REL] ~3 NUMBER
      [DISEASE] ~3 in/of/with/for ~2 [REL]
      [DISEASE] [REL]
      [REL] : ~4 DISEASE
    `,
    unless: `${secretive}\n${speaks}\nANYONE ~1 THINK\nREL FIRSTNAME\nREL NAME\nOUTSIDER ~4 CONTACT\nregistered\ntested\nhere`,
  },
  {
    id: 'safe.same-illness',
    why: 'Somebody at home or work had the same illness.',
    when: `
      [ANYONE] ~5 ILLNOW
      ILLNOW ~5 [ANYONE]
      HISTORY [ANYONE]
    `,
    unless: `${secretive}\n${speaks}\nANYONE ~1 worried/concerned`,
  },
  {
    id: 'safe.daily-life',
    why: 'Daily life with other people.',
    when: `
      SUPPORT ~4 [ANYONE]
      [ANYONE] ~4 SUPPORT
      with [ANYONE] and/plus? [ANYONE]?
      PT/PRONOUN ~3 own [ANYONE]
      to/from/of/for/by/at [SCHOOL]
      [WORK/SCHOOL/COMMUNITY] letter/form/note ~6 request*/asked/needed/required/done/for
      [SCHOOL] nurse/run/note/letter/holidays/hols/age/leaver/refusal/attendance/photo/trip/dinners
      NUMBER [OFFSPRING/SIBLING]
      one/two/three/four/five/six/several/grown/adult/young/other [OFFSPRING/SIBLING/WIDER]
      one/regular/same/new/no/male/female/sexual/long/current [SPOUSE]
      [REL/NEIGHBOUR] ~2 taking/driving/bringing/dropping/collecting/picking HIM
      [NEIGHBOUR] said/say/report ~3 out/fainted/collapsed/seconds/mins/minutes/pale
      mum/mother/dad/father/carer/parent of
      [carer/carers] centre/allowance/assessment/support/group
      PT/PRONOUN is/am a? [carer]
      ^ [carer] for
      no [ANYONE]
    `,
    unless: `${secretive}\n${speaks}\nANYONE ~1 THINK/CONTACT\nHIT\nABUSE\nLEGAL`,
  },
  {
    id: 'safe.patient-says',
    why: 'The patient says it of somebody.',
    when: `
      PT/PRONOUN ~1 SAY/THINK ~4 [ANYONE]
      [ANYONE] ~6 says/said/reports/states PT
      my [REL]
      [REL] is/works/was ~2 a? ~1 physio/nurse/doctor/gp/teacher/pharmacist/carer/vet/dentist/paramedic/midwife/hairdresser/builder
      [REL] told/tells/asked/asks/made/makes/persuaded/encouraged/nagged/nags/sent/urged/pushed/advised/reminded/reminds/talked/insisted HIM
      told/tell/informed/telling/discussed/discuss/talk/talking/speak/speaking/spoke/open ~2 [REL]
      [REL] ~2 noticed/witnessed/spotted/saw/observed/hasn't/thinks/thought
      [REL] ~2 noticed/spotted/pointed/commented/complains/complained/suggested ~5 snore*/snoring/mole/lump/rash/spot/skin/breath*/kick*/jerk*/legs/hearing/tv/telly/television/twitch*/lesion/back/gait/limp/lumps/moles/pauses
      [REL] ~2 worried/concerned/keen ~5 mole/rash/cough/lump/weight/wt/bp/hearing/snoring/breathing/temp/skin/leg/legs/foot/feet/wound/ulcer
    `,
    unless: `${secretive}\nADDICT\ndrinking/drunk/drink/drinks/booze/vodka/temper/angry/rage/rages/aggressive/violent/lying/money/gambling/lost/gets-lost/wandering/paranoid/confused/memory/driving/crying/depressed/suicid*/mood/behaviour/bingeing/vomiting/hiding/hides/affair/voices/manic`,
  },
  {
    id: 'safe.logistics',
    why: 'Somebody saw to an appointment, a prescription or a journey.',
    when: `
      [ANYONE] ~8 LOGISTIC
      LOGISTIC ~4 by/to/via/with/for/from [ANYONE]
      [ANYONE] ~1 called/rang/phoned/dialled/rung/summoned ~2 999/111/ambulance/paramedics/crew/help
    `,
    unlessNear: `^ says/said/reports/reported/states/thinks/worried/concerned/claims/describes/asks/wants/requests/feels/believes/believed/advises ~3 PRONOUN/PT/that/not/us/we
^ PRONOUN ~1 says/said/reports/thinks/worried/concerned/believes`,
    unless: `${secretive}\nANYONE ~9 worried/concerned/drinking/drunk/memory/mood/behaviour/angry/temper/hitting/money/driving\nANYONE ~4 HIT\nsays/said/claims/alleges/reckons/thinks/confided/disclosed`,
  },
  {
    id: 'safe.young-child',
    why: 'A parent or carer speaks for a young child.',
    under: 13,
    when: `
      [PARENT/WIDER/SIBLING/FOLK]
      [SCHOOL]
      [childminder/foster/carer/nursery]
      [child/baby/toddler/infant/newborn/boy/girl/kid]
    `,
    unless: `${secretive}\nABUSE\nHIT\nLEGAL\ndisclos*/punish*/scared/frightened/afraid/room/bed/touch*/drunk/drugs/police/arrest*`,
  },
  {
    id: 'safe.present',
    why: 'They spoke in front of the patient, or with consent.',
    onlyWith: ['present'],
    notWith: ['apart'],
    when: `[REL]\n[COMMUNITY]\n[NEIGHBOUR]`,
    unless: `SECRET\nUNAWARE\nRECORD`,
  },
  {
    id: 'safe.consent',
    why: 'They spoke with the patient’s consent.',
    onlyWith: ['consented'],
    when: `[REL]\n[COMMUNITY]`,
    unless: `SECRET\nUNAWARE\nRECORD`,
  },
  {
    id: 'safe.next-of-kin',
    why: 'Next of kin and contact details.',
    when: `
      [nok/kin] ~6 [REL]?
      [REL] ~3 [nok]
      emergency contact ~4 [REL]
      [REL] ~3 emergency contact
    `,
  },
]
