import type { TextRule } from '../rule.ts'

const kinOrOther = `REL\nOUTSIDER\nHISTORY\nIDENTITY`

const infantCare = `
  INFANTCARE
  brought ~1 by mum/mother/parents ~9 nappies/feeds/milk/bottle
`
const notOwnInfancy = `
  SPOUSE/EX/OFFSPRING/WIDER
  grand*
  as ~1 baby/child/infant/kid/toddler/newborn
  childhood/work/works/job/ld/learning/childminder/nursery-nurse/teacher
  OCCUPATION
`

/**
 * What sets a text against the sex or stage of life of the patient.
 * Words of transition hold by a rule of their own. Source: DISCLOSURE 2.2, 4.4.
 */
export const conflictRules: readonly TextRule[] = [
  {
    id: 'wrong.body-of-a-man',
    category: 'wrong_patient',
    why: 'It speaks of a man’s body or life, and the patient is a woman.',
    sex: 'female',
    when: `
      MANBODY
      father/dad/grandad/grandfather ~1 of NUMBER/two/three/four/five
      wants/had/booked/post ~1 snip
      lovely/nice/dear/delightful/pleasant/charming ~1 old? chap/boy/gentleman/gent/bloke/fella/man
      sildenafil/tadalafil/finasteride ~9 him/his/he
      testosterone ~2 low/gel
    `,
    unlessAnywhere: `SPOUSE !of\nEX\nOFFSPRING\nSIBLING\nWIDER\nFATHER !of\nHISTORY\nIDENTITY\nNEIGHBOUR\nibs/circ/circulation ~2 good/poor\ndrain/pouch/convene ~2 dressing\nclinic/ward/nurse/works/retired/job ~3 prostate/urology/andrology\npcos/hirsut*/acne ~9 beard/testosterone\nmenopaus*/libido/hrt ~9 testosterone\ntestosterone ~9 menopaus*/libido/hrt/pcos\nfriend/colleague`,
    fires: [
      '44F| Sperm sample: nil seen.',
      '43F| Father of two, wants snip.',
      '76F| RALP 2019, well.',
    ],
    quiet: ['44F| Husband had the snip.', '30F| PCOS, shaves beard area, acne.'],
  },
  {
    id: 'wrong.body-of-a-woman',
    category: 'wrong_patient',
    why: 'It speaks of a woman’s body or life, and the patient is a man.',
    sex: 'male',
    from: 1,
    when: `
      WOMANBODY
      depo ~2 given/due/jab !medrone
      mother/mum/granny/grandmother ~1 of NUMBER/two/three/four/five
      lovely/nice/dear/delightful/pleasant/charming/young ~1 old? lady/woman/girl
      widow
      NUMBER midwife
      midwife ~1 NUMBER
      feeding NUMBER ~1 week/wk/month ~1 old
    `,
    unlessAnywhere: `SPOUSE\nEX\nOFFSPRING\nSIBLING\nWIDER\nMOTHER !of\nHISTORY\nIDENTITY\nNEIGHBOUR\ndepo medrone/medrol\nclinic/ward/nurse/works/midwife/job ~3 antenatal/postnatal/gynae/maternity\nborn/birth/neonatal/prem/maternal\nfriend/colleague\nectopic beat/beats/kidney/ectopics/atrial\npacemaker/ecg/af/pulse/holter ~9 ectopic\ncx spine/node/nodes/collar/rad*/xr/discs`,
    fires: [
      '34M| Depo given L glute.',
      '52M| Heavy menses, flooding.',
      '64M| Lovely lady, widowed, knees sore.',
    ],
    quiet: ['34M| Depo medrone given to shoulder.', '40M| Wife on maternity leave.'],
  },
  {
    id: 'wrong.breast-of-a-woman',
    category: 'wrong_patient',
    why: 'It speaks of breast cancer as women have it, and the patient is a man: of whom is it?',
    sex: 'male',
    when: `BREASTCA`,
    unlessAnywhere: `REL\nOUTSIDER\nHISTORY\nIDENTITY\ngynaecomast*/bicalutamide/zoladex/prostate/steroids/bodybuild*/brca*/brca2\nmale breast`,
    fires: ['60M| Tamoxifen yr 2, clear margins.'],
    quiet: ['60M| Tamoxifen for gynaecomastia on bicalutamide.', '60M| Wife on letrozole.'],
  },
  {
    id: 'wrong.past-bearing-more',
    category: 'wrong_patient',
    why: 'It speaks of fertility, birth or contraception now, and the patient is past the age for it.',
    sex: 'female',
    from: 60,
    when: `BIRTHWORDS\nperiods !stopped/ended/ceased/finished`,
    unlessAnywhere: `${kinOrOther}\nOCCUPATION\nprevious/past/pmh/prev/history/hx/ago/years/used/when/after/since/of/long/rest/for/aged\npacemaker/ecg/af/beats/atrial/pulse`,
    fires: ['84F| Booking appt w midwife 9+3.', '76F| UPSI 36h, levonelle.'],
    quiet: ['66F| Daughter on maternity leave.', '70F| Two miscarriages years ago.'],
  },
  {
    id: 'wrong.infant-care-man',
    category: 'wrong_patient',
    why: 'It speaks of the care of a baby or small child, and the patient is a man.',
    sex: 'male',
    from: 19,
    when: infantCare,
    unlessAnywhere: notOwnInfancy,
    fires: ['47M| Sits unsupported, head control good.', '25M| Heel prick repeat, day 6.'],
    quiet: ['40M| New baby boy at home, son well.', '42M| Croup as a child.'],
  },
  {
    id: 'wrong.infant-care-older',
    category: 'wrong_patient',
    why: 'It speaks of the care of a baby or small child, and the patient is far older.',
    from: 51,
    when: infantCare,
    unlessAnywhere: `${notOwnInfancy}\nNEIGHBOUR`,
    fires: [
      '53F| Sits unsupported, head control good.',
      '56F| Cranial USS grade 4, corrected age 2.',
    ],
    quiet: ['53F| Grandson had croup.', '53F| Grommets as a child.'],
  },
  {
    id: 'wrong.parent-of-an-adult',
    category: 'wrong_patient',
    why: 'A parent speaks as of a small child, and the patient is grown up.',
    from: 30,
    when: `
      BABYONLY/INFANTCARE/SCHOOLAGE ~9 mum/mother/parents/mam ~2 anxious/worried/concerned/happy/reassured/held/reports/says
      mum/mother/parents/mam ~2 anxious/worried/concerned/happy/reassured/held/reports/says ~9 BABYONLY/INFANTCARE/SCHOOLAGE
      ^ dear parent/parents
      ^ dear parent/guardian
      your ~1 son's/daughter's/child's/son/daughter/child ~3 appointment/operation/is/has/was/vaccine/vaccination/tonsillectomy
    `,
    unlessAnywhere: `ld/learning/downs/down's/carer/cared/autis*\nOFFSPRING ~9 PT\nthank/thanks ~4 asking`,
    acrossSentences: true,
    fires: [
      '70M| Wheeze, bronchiolitis, mum anxious.',
      '40F| Dear Parent of Amelia, see enclosed.',
    ],
    quiet: ['40M| LD, mum reports croup-like cough.', '70M| Mum worried about his weight.'],
  },
  {
    id: 'wrong.school-age',
    category: 'wrong_patient',
    why: 'It speaks of school as pupils have it, and the patient is long grown up.',
    from: 26,
    when: `
      SCHOOLAGE
      year/yr NUMBER ~2 ncmp/pupil/class/sats/hpv/booster/school
    `,
    unlessAnywhere: `REL\nHISTORY\nNEIGHBOUR\nOCCUPATION\nteach*/school-bus/governor/childhood/works/work/job/at/as/when/since/ld/learning\ncamhs ~2 nurse/worker/manager`,
    fires: ['81M| Year 6 NCMP 91st percentile.', '40M| Senco letter, see NCMP.'],
    quiet: ['40F| Teacher, year 6, hoarse.', '40F| Son in year 6.'],
  },
  {
    id: 'wrong.student-age',
    category: 'wrong_patient',
    why: 'It speaks of what young people do, and the patient is past it.',
    from: 45,
    when: `STUDENTAGE`,
    unlessAnywhere: `${kinOrOther}\nOCCUPATION\nteach*/lectur*/tutor/works/work/job/mature/examiner/at/left/as/when/retired/resit/night`,
    fires: ['48F| Freshers jab MenACWY given.', '52M| A level stress, UCAS form.'],
    quiet: ['50F| GCSE examiner, tired.', '50F| Daughter does A levels.'],
  },
  {
    id: 'wrong.late-life',
    category: 'wrong_patient',
    why: 'It speaks of what only the old have, and the patient is young.',
    from: 14,
    under: 40,
    when: `
      LATELIFE
      retired/retd NUMBER
    `,
    unlessAnywhere: `REL\nHISTORY\nNEIGHBOUR\nwork/works/working/job/shift/shifts/student/placement/trainee/training/nurse/carer/hca/clients/residents/ward/early/young/ld/learning/down's/downs/tbi/brain/palliative/ms/cp/cerebral/spina/op/after/ankle/fracture/nwb`,
    fires: ['22F| Falls, 4 wheeled walker, POC QDS.', '18M| Retired 1998, allotment.'],
    quiet: ['27F| HCA, moves care home residents.', '30F| Rollator after ankle op.'],
  },
  {
    id: 'wrong.grown-up-life',
    category: 'wrong_patient',
    why: 'It speaks of an adult’s work, habits or medicines, and the patient is a child.',
    under: 12,
    when: `
      GROWNLIFE
      smokes NUMBER/ten/fifteen/twenty
      her/his husband/wife
      lives with ~1 wife/husband
      retired NUMBER
    `,
    unlessAnywhere: `PARENT\nOFFSPRING\nSIBLING\nWIDER\nFOLK\nHISTORY\nNEIGHBOUR\nfoster*/carer/nanny/childminder\nalcohol gel/wipe/wipes/swab/hand/rub\nkidney/nephr*/paed*/transplant/renal/congenital/cardiology/chd/marfan*\ncoil embol*\ngas/gut coil\nmini golf`,
    fires: ['9M| Driving medical completed.', '4M| Divorced, sertraline 100.'],
    quiet: ['9M| Dad works nights so came late.', '6F| Ramipril from paed renal team.'],
  },
  {
    id: 'wrong.his-wife',
    category: 'wrong_patient',
    why: 'It speaks of his wife, and the patient is a woman.',
    sex: 'female',
    when: `his wife`,
    unlessAnywhere: `husband/hubby/partner/ex/son/father/dad/grandad/uncle/nephew/cousin/HISTORY\nSIBLING\nNEIGHBOUR\nfriend/boss/colleague/lodger/lover/affair/vicar/manager`,
    fires: ['29F| He was seen with his wife. Erections poor.'],
    quiet: ['29F| Brother and his wife visit.'],
  },
  {
    id: 'wrong.her-husband',
    category: 'wrong_patient',
    why: 'It speaks of her husband, and the patient is a man.',
    sex: 'male',
    when: `her husband/hubby`,
    unlessAnywhere: `wife/partner/ex/daughter/dtr/mother/mum/gran/nan/aunt/auntie/niece/cousin/HISTORY\nSIBLING\nNEIGHBOUR\nfriend/boss/colleague/lodger/lover/affair/carer/cleaner/manager`,
    fires: ['66M| Her husband is present. She has heavy legs.'],
    quiet: ['66M| Daughter and her husband visit.'],
  },
  {
    id: 'wrong.this-lady',
    category: 'wrong_patient',
    why: 'It begins with a woman, and the patient is a man.',
    sex: 'male',
    when: `^ this/lovely/pleasant/delightful/nice/dear/charming ~2 lady/girl/woman`,
    unlessAnywhere: `he/his/him/himself/gentleman`,
    fires: ['75M| This young lady came with her mum about acne.'],
    quiet: ['75M| This lady is his wife and carer.'],
  },
  {
    id: 'wrong.this-man',
    category: 'wrong_patient',
    why: 'It begins with a man, and the patient is a woman.',
    sex: 'female',
    when: `^ this/lovely/pleasant/delightful/nice/dear/charming ~2 gentleman/chap/gent/boy/man/fella/bloke`,
    unlessAnywhere: `she/her/hers/herself/lady`,
    fires: ['26F| Lovely old boy, came with his wife re hearing.'],
    quiet: ['26F| This man is her husband.'],
  },
  {
    id: 'wrong.young-grandparent',
    category: 'wrong_patient',
    why: 'It speaks of somebody with grandchildren, and the patient is too young.',
    from: 6,
    under: 28,
    when: `
      ^ great? grandmother/grandfather/grandad/granny/grandma of
      ^ great-grandmother/great-grandfather/great-grandad of
      her/his/looks-after/minds/has/NUMBER ~1 grandchildren/grandson/granddaughter/grandkids/grandchild
    `,
    unlessAnywhere: `works/nanny/clients/mgm/pgm/grandparents`,
    fires: ['26F| Great-grandmother of 6, hearing aids.', '20M| Minds grandson, knees ache.'],
    quiet: ['26F| Grandmother has AF.'],
  },
]
