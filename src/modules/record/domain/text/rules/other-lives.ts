import type { TextRule } from '../rule.ts'

const notACarer = `SPOUSE\nEX\nOFFSPRING\nSIBLING\nWIDER\nOCCUPATION`

/** What belongs to a life at another stage, or to a body of the other sex. Source: DISCLOSURE 2.2, 4.4. */
export const otherLifeRules: readonly TextRule[] = [
  {
    id: 'wrong.her-letter',
    category: 'wrong_patient',
    why: 'A letter tells of a woman, and the patient is a man.',
    sex: 'male',
    from: 12,
    when: `^ she has/had/is/was/reports/denies/feels/takes/attended/asks/works/lives/remains/describes/sleeps/walks/smokes/continues/complains/tolerates`,
    unlessAnywhere: `he/his/him/himself/gentleman\nANYONE\nbaby/dog/cat/pet/horse/therapist/physio/nurse/midwife/sister/miss/mrs/ms./carer/instructor/trainer`,
    fires: ['27M| Seen with Dr Tobin. She has had no seizures and takes folic acid.'],
    quiet: ['27M| Dr Tobin rang. She advises a higher dose.'],
  },
  {
    id: 'wrong.tests-of-a-man',
    category: 'wrong_patient',
    why: 'It speaks of what only men are asked to or feel, and the patient is a woman.',
    sex: 'female',
    from: 12,
    when: `
      morning/nocturnal/weak/poor/absent/no ~1 erection/erections
      erections ~2 absent/poor/weak/lost/fine/normal
      testo/testosterone NUMBER
      aaa screening/screen
    `,
    unlessAnywhere: `${notACarer}\nPARENT\nHISTORY\nIDENTITY\nfh/pcos/hirsut*/menopaus*/libido/hrt/acne/sparc`,
    fires: ['50F| Morning erections absent, for bloods.', '65F| AAA screening 2.6cm, discharged.'],
    quiet: ['50F| Low libido on HRT, testosterone 0.4.', '65F| Husband had AAA screening.'],
  },
  {
    id: 'wrong.infant-measures',
    category: 'wrong_patient',
    why: 'It measures or doses a baby or small child, and the patient is older.',
    from: 6,
    when: `
      fontanelle/fontanelles/fontanel/ofc
      calpol ~3 NUMBER ~1 ml
      calpol ~2 sachet/qds
      mum/mam/dad/parents ~2 finish ~1 the? bottle/course
    `,
    unlessAnywhere: `${notACarer}\nas ~1 baby/child/infant/kid/toddler\nbaby/twins/newborn/childhood/hydrocephalus/shunt/breastfe*/peg/ng/postnatal`,
    fires: ['15M| Fontanelle soft, thriving.', '68M| Amoxicillin, mum to finish the bottle.'],
    quiet: ['32F| Baby check today, fontanelle soft.', '40M| Gives his son calpol 5 ml.'],
  },
  {
    id: 'wrong.young-life-old',
    category: 'wrong_patient',
    why: 'It speaks of exams, halls or parents as the young have them, and the patient is old.',
    from: 62,
    when: `
      gcse*/a-level/a-levels/ucas/freshers/fresher/uni-halls
      freshers ~1 flu/week/jab
      halls ~3 homesick/uni/university/term
      new to halls
      mum/mam/mummy ~1 here/present/attending/attended/brought/anxious/collects/gives/reports/says/asks
      brought ~2 mum/mam/mummy
    `,
    unlessAnywhere: `OFFSPRING\nWIDER\nOCCUPATION\nteach*/examiner/governor/invigilat*/tutor/mature/volunteer*/when/aged/ld/learning/down's/downs/late/died/was/cares/carer`,
    fires: ['88F| Freshers week flu, homesick.', '71M| GCSE stress, mum here.'],
    quiet: ['71F| Grandson has GCSEs.', '80M| LD, mum here.'],
  },
  {
    id: 'wrong.care-home-young',
    category: 'wrong_patient',
    why: 'It speaks of a ward round in a care home, and the patient is young.',
    from: 1,
    under: 40,
    when: `
      care/nursing/residential home ~1 ward-round/round/wr/ward/rounds
      care/nursing/residential home resident
    `,
    unlessAnywhere: `work/works/working/job/shift/shifts/student/placement/trainee/hca/carer/nurse/ld/learning/tbi/brain/children's/childrens/palliative/cp/cerebral`,
    fires: ['17M| Care home ward round, skin intact.'],
    quiet: ['27F| Works shifts, care home ward round today.', '87F| Care home ward round, well.'],
  },
  {
    id: 'wrong.put-onto-theirs',
    category: 'wrong_patient',
    why: 'What belongs to somebody else was entered under the patient.',
    when: `FILING ~1 onto/into/on/to/under/in ~1 hers/his/theirs $`,
    fires: ['64F| Home diary is the husband’s, keyed onto hers.'],
    quiet: ['64F| Leg put up on stool, eased.'],
  },
]
