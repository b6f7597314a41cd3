import type { TextRule } from '../rule.ts'

/** Signs that a text is about somebody else. Source: DISCLOSURE 2.2, 4.4. */
export const wrongPatientRules: readonly TextRule[] = [
  {
    id: 'wrong.stated',
    category: 'wrong_patient',
    isSign: true,
    why: 'It says that it is about somebody else, or that details do not match.',
    when: `
      WRONGDOC
      dob ~6 DATE
      next/previous/other/prior ~1 pt/patient/px
      belong/belongs/belonging ~1 to ~2 another/other/different/patient/pt/TITLE/someone/somebody/twin/brother/sister/wife/husband/namesake/FIRSTNAME/similar
      mixed ~2 with/w/up
      ? ? pt not
      sample/specimen/bottle/form ~4 label*/mixed/swapped/switched
      pt/she/he not ~1 diabetic/pregnant/male/female/on-warfarin
      headed ~2 TITLE
      your NUMBER ~1 year ~1 old
      this ~1 lady's/gentleman's
      labelled/labeled/addressed/titled/marked/named/headed ~2 CAPITAL
      bears/bearing/carries ~2 name
      name/dob/nhs/address/sex/gender/surname/age/number/details/demographics/identifiers ~5 differ/differs/different/wrong/incorrect/mismatch/match/matching/tally/conflict*/discrepan*/another/disagree*/error/belongs
      wrong/different/incorrect/mismatched/another ~2 name/dob/nhs/address/sex/gender/surname/number/details/demographics/label/patient/pt
      letter/result/results/report/scan/sample/bloods/specimen/form/entry/note/notes/xray/ecg ~4 for/about/re/is/of/under/belongs ~2 another/different/someone/somebody/other/wrong/twin/brother/sister/namesake
      not ~2 our/this/my/her/his/the ~1 patient/pt/px/lady/gentleman/man/woman
      is ~1 this ~2 right/correct/our ~1 pt/patient/record
      ? ~2 right/correct/wrong/same ~2 pt/patient/record/person
      ? wrong
      swapped ~2 with/samples/labels/notes/results/babies/round
      two/2/both ~3 patients/pts/names/people ~3 document/letter/report/page/form/sheet
      page/pg/p ~1 NUMBER ~3 different/another/other/belongs/someone/relates/is
      duplicate ~2 record/registration/patient
      has never ~4 had/been/attended/seen
      pt ~2 never ~2 had/been/attended/seen ~3 this/there/that
    `,
    unless: `rash/symptoms/sx/description/clinical/story/history/injury/pain/shade/size/colour ~3 match/matches/fit\nsize ~2 different\nskin match\nmatch ~1 fit/play*\nfootball/rugby/cricket/tennis/hockey match`,
    fires: ['40F| Filed in error, another patient.'],
    quiet: ['40F| Rash does not match eczema.'],
  },
  {
    id: 'wrong.male-in-female',
    category: 'wrong_patient',
    isSign: true,
    why: 'It speaks of a man, and the patient is a woman.',
    sex: 'female',
    when: `
      andrology/prostate/prostatic/psa/testic*/testes/testis/scrot*/penis/penile/foreskin/phimosis/vasectomy/epididym*/hydrocele/varicocele/bph/turp/gleason/circumcis*/semen/balanitis/hypospad*/orchi*/seminoma/prostatectomy/finasteride/tamsulosin/prostatism/luts-male/ejaculat*
      erectile
      MANNOUN
      ^ NUMBER ~1 m/male/man
      NUMBER MANWORD
      this/pleasant/elderly/young/delightful/fit/well ~2 man/gentleman/boy/chap/male
      mr CAPITAL ~6 he/his
      re ~1 mr/master
      for/seeing/saw/reviewed/reviewing/see/referring/met ~2 mr/master ~1 FIRSTNAME
      dear mr
      gentleman
      he ~30 his
    `,
    unless: `
      SPOUSE
      SIBLING
      FATHER
      WIDER
      son
      male ~1 chaperone/partner
      ANYONE
      dr/surgeon/consultant/doctor/cons
      friend/boss/manager/colleague/attacker/assailant
      father's/husband's
      HISTORY
      psa ~2 arthrit*/psoriatic/joints
      psoriatic ~4 psa
      tamsulosin ~3 stone/stones/mec/ureteric
      finasteride ~4 hair/alopecia/hirsut*
    `,
    fires: ['67F| PSA 12, prostate craggy.'],
    quiet: ['67F| Husband has prostate trouble.'],
  },
  {
    id: 'wrong.female-in-male',
    category: 'wrong_patient',
    isSign: true,
    why: 'It speaks of a woman, and the patient is a man.',
    sex: 'male',
    when: `
      cervix/cervical-smear/uterus/uterine/ovary/ovaries/ovarian/fallopian/hysterectomy/hysteroscopy/endometri*/menopaus*/perimenopaus*/postmenopausal/menorrhagia/dysmenorrhoea/amenorrhoea/oligomenorrhoea/menses/menstrua*/lmp/iucd/iud/ius/mirena/coil/coils/gravid/gravida/para/antenatal/postnatal/postpartum/pregnan*/primip/multip/obstetric/midwife/lactat*/breastfeeding/breastfed/vagina*/vulva*/vulvo*/pmb/pcos/hrt/colposcopy/lletz/cocp/microgynon/rigevidon/cerazette/desogestrel/nexplanon/smear/pessary/cystocele/rectocele/prolapse-uterine/fibroids/placenta/eclampsia/gestation*/fundal/tamoxifen/mammogram/cst
      smear
      cervical ~1 screen*/screening/cytology/smear/sample
      NUMBER WOMANWORD
      this/pleasant/elderly/young/delightful/fit/well ~2 lady/woman/girl/female
      re ~1 mrs/miss/ms.
      for/seeing/saw/reviewed/reviewing/see/referring/met ~2 mrs/miss/ms. ~1 FIRSTNAME
      dear mrs/ms/miss
      she ~30 her
      this lady
    `,
    unless: `
      SPOUSE
      MOTHER
      SIBLING
      WIDER
      daughter
      ANYONE
      blood smear/film
      HISTORY
      born/birth/neonatal/prem/maternal
      cervical ~2 spine/spondyl*/node/nodes/lymph*/collar/radicul*/rib/myelopathy/disc
      female ~1 chaperone
      colleague/boss/manager/friend/dr/nurse
      coil ~2 embolisation/aneurysm
    `,
    fires: ['30M| Mirena fitted, strings seen.'],
    quiet: ['30M| Wife is pregnant.'],
  },
  {
    id: 'wrong.unknown-he',
    category: 'wrong_patient',
    isSign: true,
    why: 'It says he of somebody it does not name, and the patient is a woman.',
    sex: 'female',
    from: 12,
    when: `he\nhim\nhis`,
    unlessAnywhere: `ANYONE\nPRO\nTITLE\nFIRSTNAME\nbaby/dog/cat/pet/horse/surgeon/man/boy/instructor/trainer/driver/president/son/toddler/newborn`,
    fires: ['37F| Only comes out when he is on nights.'],
    quiet: ['37F| Baby well, he feeds every 3 hours.'],
  },
  {
    id: 'wrong.unknown-she',
    category: 'wrong_patient',
    why: 'It says she of somebody it does not name, and the patient is a man.',
    sex: 'male',
    from: 12,
    when: `she\nher\nhers`,
    unlessAnywhere: `ANYONE\nPRO\nTITLE\nFIRSTNAME\nbaby/dog/cat/pet/horse/surgeon/woman/girl/instructor/trainer/daughter/mare`,
    fires: ['37M| She was seen today.', '37M| Admits she hits him when drunk.'],
    quiet: ['37M| Horse kicked him, she was startled.'],
  },
  {
    id: 'wrong.adult-in-child',
    category: 'wrong_patient',
    why: 'It speaks of an adult, and the patient is a child.',
    under: 15,
    when: `
      smok* ~2 advice/cessation/status/NUMBER
      stop smoking
      etoh/audit-c/units/u ~1 wk/week/daily/day
      etoh
      statin/atorvastatin/simvastatin/qrisk/aaa/viagra/sildenafil/hrt/menopaus*/perimenopausal/psa/prostate/pension/retired/hgv/mortgage/mammogram/smear/vasectomy/dementia/memory-clinic/apixaban/warfarin/donepezil/bisoprolol/ramipril/amlodipine/cabg/pacemaker/copd/tiotropium/alendronate/alendronic/osteoporosis/grandchildren/grandson/granddaughter/angina/coronary/stent/bowel-scope/bowel-screening/cardiac-rehab/ticagrelor/pint/pints/pack-year/units-week/aneurysm/tkr/thr/frail/frailty/dvla/fit-note/med3/redundan*/divorc*
      his/her wife/husband
      wife/husband
      hip replacement
      knee replacement
      units ~2 week/wk/alcohol
      ex smoker
      nhs health check
      smokes NUMBER
      works as
      drives
    `,
    unless: `mum/mother/dad/father/parent/parents/grandad/gran/nan/grandmother/grandfather/nana/grandparents/HISTORY`,
    fires: ['6M| Statin started, QRISK 14.'],
    quiet: ['6M| Grandad has had a stent.'],
  },
  {
    id: 'wrong.child-in-adult',
    category: 'wrong_patient',
    isSign: true,
    why: 'It speaks of a baby or a child, and the patient is an adult.',
    from: 19,
    when: `
      brought by mum
      mum/mother/dad/parents ~2 brought/concerned/worried/reports/says/happy
      nappy/nappies/nappy-rash/fontanelle/weaning/weaned/formula-fed/centile/centiles/red-book/teething/colic/preschool/reception-class/health-visitor/newborn/neonate/infant/toddler/crawling/babbling/grommets/croup/bronchiolitis/primary-school
      NUMBER ~1 week/wk/weeks/wks/month/months/mth/day/days ~1 old ~1 baby/infant/boy/girl/check
      6/8/8-week ~1 week/wk ~1 check/baby
      red book
      red reflex
      hips ~1 stable
      six/eight/6/8/6-8 ~1 week/wk/weeks ~1 check/baby/review ~9 hips/reflex/feeding/fontanelle/testes/femorals
      year NUMBER ~2 pupil
      6 in 1
      menb/rotavirus/rotarix
      childhood ~1 imms/immunisations
      school ~1 nursery
      feeding ~1 well
    `,
    unless: `
      her/his/their ~3 baby/infant/toddler/child/son/daughter/newborn/kids
      grand*
      works
      job
      OCCUPATION
      breast/breastfeeding/postnatal/antenatal/pn/delivery/delivered/lscs/svd/pregnan*
      bowel/renal/biliary/ureteric/abdominal/infantile
      OFFSPRING
      ld/learning/autis*/carer
    `,
    onlyWith: [],
    fires: ['44M| 8 week check: fontanelle soft, red book completed.'],
    quiet: ['44M| Infantile colic in her son.'],
  },
  {
    id: 'wrong.pregnant-too-old',
    category: 'wrong_patient',
    isSign: true,
    why: 'It speaks of pregnancy or periods, and the patient is too old or too young for it.',
    sex: 'female',
    from: 60,
    when: `lmp/antenatal/gravida/primip/trimester/cocp/microgynon/rigevidon/cerazette/nexplanon/gestation/fundal/breastfeeding/postpartum/20/40\npregnan* ~2 NUMBER\nNUMBER ~1 weeks pregnant`,
    unless: `ANYONE\nHISTORY\nprevious/past/pmh/prev`,
    fires: ['74F| Antenatal booking done.'],
    quiet: ['74F| Daughter pregnant.'],
  },
  {
    id: 'wrong.only-of-a-man',
    category: 'wrong_patient',
    why: 'It speaks of what only a man has, and the patient is a woman.',
    sex: 'female',
    when: `MANONLY`,
    unlessAnywhere: `REL\nHISTORY\nIDENTITY\npsoriatic/psa ~3 arthr*/joints/psoriasis/dactylitis\nclinic/ward/nurse/works/retired ~2 prostate/urology`,
    fires: ['27F| Vasectomy count zero.', '45F| Testicular torsion ruled out.'],
    quiet: ['27F| Husband had vasectomy.'],
  },
  {
    id: 'wrong.only-of-a-woman',
    category: 'wrong_patient',
    why: 'It speaks of what only a woman has, and the patient is a man.',
    sex: 'male',
    when: `WOMANONLY`,
    unless: `g3 ~2 tear/strain/sprain/tumour/ca/cancer/tcc/pta/injury\nflushes ~9 prostat*/zoladex/prostap/goserelin/injections\nprostat*/zoladex/prostap/goserelin ~9 flushes`,
    unlessAnywhere: `REL\nHISTORY\nIDENTITY\nblood/skin smear\nnurse/midwife/clinic/ward/works ~2 postnatal/antenatal`,
    fires: ['80M| Cx cytology neg.', '72M| Fundal ht 32cm, FM good.'],
    quiet: ['80M| Wife has fibroids.'],
  },
  {
    id: 'wrong.only-of-a-baby',
    category: 'wrong_patient',
    why: 'It speaks of what is done for a baby or small child, and the patient is an adult.',
    from: 19,
    when: `BABYONLY`,
    unlessAnywhere: `SPOUSE\nPARENT\nson/daughter/dtr/grand*/niece/nephew/twins/toddler\nHIM baby\nPREGNANCY\nbreastfeeding/breastfed/latch/feeding\nOCCUPATION\nage/adult/tena/incontinence\nas ~1 baby/child/infant/kid\nchildhood/imms-complete`,
    fires: ['81F| Newborn exam NAD, hips ok.', '45M| Potty training form.'],
    quiet: ['30F| Six weeks after birth, latch good, nappies wet.'],
  },
  {
    id: 'wrong.only-of-a-grown-up',
    category: 'wrong_patient',
    why: 'It speaks of what only an adult has, and the patient is a child.',
    under: 13,
    when: `GROWNONLY`,
    unlessAnywhere: `PARENT\nSIBLING\nWIDER\nFOLK\nHISTORY\nsmear ~2 throat/nose/blood`,
    fires: ['4F| HGV medical.', '2F| Bisoprolol titration, CHF nurse.'],
    quiet: ['6M| Grandad has COPD.'],
  },
]
