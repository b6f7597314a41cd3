import type { TextRule } from '../rule.ts'

/** Law, mistaken records, staff and results. Source: DISCLOSURE 2.2, 4.4. */
export const otherRules: readonly TextRule[] = [
  {
    id: 'legal.named',
    category: 'legal_restriction',
    why: 'It speaks of adoption, fertility law, a court, the police, or legal advice.',
    when: `LEGAL\nCRIME\ndonor ~2 no/number/code/id/profile/conceived/register/anonymous\nkept sealed\nstatutory ~1 bar/restriction/disclosure\nnot ~1 for ~1 release/disclosure\ndon't/do-not/dont/not ~2 tell/inform/alert/notify ~3 claimant/subject/suspect`,
    fires: ['48F| Witness statement for the police.'],
    quiet: ['48F| Tennis court injury.'],
  },
  {
    id: 'wrong.stated',
    category: 'wrong_patient',
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
    why: 'It speaks of a woman, and the patient is a man.',
    sex: 'male',
    when: `
      cervix/cervical-smear/uterus/uterine/ovary/ovaries/ovarian/fallopian/hysterectomy/hysteroscopy/endometri*/menopaus*/perimenopaus*/postmenopausal/menorrhagia/dysmenorrhoea/amenorrhoea/oligomenorrhoea/menses/menstrua*/lmp/iucd/iud/ius/mirena/coil/coils/gravid/gravida/para/antenatal/postnatal/postpartum/pregnan*/primip/multip/obstetric/midwife/lactat*/breastfeeding/breastfed/vagina*/vulva*/vulvo*/pmb/pcos/hrt/colposcopy/lletz/cocp/microgynon/rigevidon/cerazette/desogestrel/nexplanon/smear/pessary/cystocele/rectocele/prolapse-uterine/fibroids/placenta/eclampsia/gestation*/fundal/tamoxifen/mammogram/cst
      smear
      cervical ~1 screen*/screening/cytology/smear/sample
      NUMBER WOMANWORD
      this/pleasant/elderly/young/delightful/fit/well ~2 lady/woman/girl/female
      re ~1 mrs/miss/ms
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
      statin/atorvastatin/simvastatin/qrisk/aaa/viagra/sildenafil/hrt/menopaus*/perimenopausal/psa/prostate/pension/retired/hgv/mortgage/mammogram/smear/vasectomy/dementia/memory-clinic/apixaban/warfarin/donepezil/bisoprolol/ramipril/amlodipine/cabg/pacemaker/copd/tiotropium/alendronate/alendronic/osteoporosis/grandchildren/grandson/granddaughter/angina/coronary/stent/pint/pints/pack-year/units-week/aneurysm/tkr/thr/frail/frailty/dvla/fit-note/med3/redundan*/divorc*
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
    why: 'It speaks of pregnancy or periods, and the patient is too old or too young for it.',
    sex: 'female',
    from: 60,
    when: `lmp/antenatal/gravida/primip/trimester/cocp/microgynon/rigevidon/cerazette/nexplanon/gestation/fundal/breastfeeding/postpartum/20/40\npregnan* ~2 NUMBER\nNUMBER ~1 weeks pregnant`,
    unless: `ANYONE\nHISTORY\nprevious/past/pmh/prev`,
    fires: ['74F| Antenatal booking done.'],
    quiet: ['74F| Daughter pregnant.'],
  },
  {
    id: 'staff.threat',
    category: 'staff_safety',
    why: 'It speaks of a risk to staff, or of a restriction that the patient is not told of.',
    when: `
      THREAT ~6 STAFF
      STAFF ~6 THREAT
      carry/carries/carrying/armed/armed-with/concealing ~3 knife/blade/weapon/weapons/machete/hammer/screwdriver/needle
      see/seen/book ~2 with ~2 second/2nd/another/two ~1 clinician/gp/staff/dr/colleague/doctor/nurse
      filed by ~1 bot/robot/rpa/automation/admin
      not to be seen
      STAFFAWAY
      wrote/writes/written/writing/letters/cards/messages/messaging/messaged/emails ~2 to? ~1 hca/nurse/dr/receptionist/gp/midwife ~6 times/nightly/daily/instagram/facebook/hours/repeatedly/again/weekly/constantly/gifts
      held/grabbed/pushed/cornered/touched/kissed/hugged/followed/pinned/struck/scratched ~3 STAFF
      lone work*
      flag ~3 before/on ~2 visit*/record/seeing/notes
      see ~1 flag/alert/warning/marker
      NUMBER ~1 crew/staff/officers
      warning ~1 marker/flag/alert/letter
      alert/flag/marker ~4 violent/violence/aggress*/risk/staff/caution
      violent ~1 patient/pt/marker/warning
      violence ~1 marker/warning
      vps
      special ~1 allocation
      zero tolerance
      behaviour ~1 contract/agreement/warning/letter
      acceptable behaviour
      risk ~2 to ~1 staff/others/clinicians/crew/reception
      staff ~2 advised/warned/aware/safety/risk/caution/frightened/scared/intimidated/uncomfortable/uneasy/upset
      do not/never/don't/not ~2 see/visit/seen/be-seen ~3 alone/by/with
      not to be seen by/alone/with
      no ~1 lone ~1 visits/visit/working/worker
      no home visits
      two/2/x2/double ~2 staff/clinicians/people/person/up/handed ~2 visit/visits/present/at/only
      double up
      visit ~1 in ~1 pairs
      in pairs
      male ~1 clinician/dr/doctor/gp/staff ~1 only
      male clinicians only
      security ~3 present/called/guard/informed/aware/on
      panic ~1 button/alarm
      chaperone ~2 always/must/essential/mandatory
      internal ~1 reason/reasons/alert/note/memo/flag
      removed/removal ~2 from ~1 list
      deregist*
      banned
      restraining
      waits/waiting/hangs/loiters/parked/sat/sits ~4 car/carpark/park/outside/house/home/entrance/door/staff
      follow* ~3 home/car/nurse/dr/receptionist/staff
      dr/nurse/receptionist/staff/hca CAPITAL? 's ~1 car/home/house/address/children/family/facebook/instagram/partner
      fixat*/infatuat*/obsess* ~4 dr/nurse/gp/staff/receptionist/doctor/with
      found/knows/looked/posted ~3 where ~2 live/lives
      letter ~2 pending/not-sent/unsent
      abusive
      threat*
      shouted/swore/screamed/spat/lunged/racist/aggressive/verbally ~6
      dangerous ~1 dog/dogs
      weapon/knife/machete/gun/crowbar/blade ~9 bag/car/carries/carry/surgery/brought/seen/house/home/under/produced/waved
      recording ~2 covert*/consult*/staff
      covertly
      sas ~1 scheme/pt/patient
      cctv
      incident ~1 form/report/logged ~4 staff/reception/aggress*/datix
      datix
      near ~1 children/school ~2 not
    `,
    unless: `non/limb/life/sight/job ~1 threat*\nself ~1 harm`,
    fires: ['39M| Threatened the receptionist with a bottle.'],
    quiet: ['39M| Limb threatening ischaemia excluded.'],
  },
  {
    id: 'result.unseen',
    category: 'unverified_result',
    why: 'A result or document that nobody has seen or acted on, or that is not final.',
    when: `
      UNSEEN
      result/results/report/letter/bloods/scan/biopsy/histology/swab/cytology/mri/ct/cxr/xray/uss/echo/ecg/fit/smear ~4 back/in/arrived/received/came ~4 not/no/un/hasn't/hasnt/nobody/yet/awaiting/tray/inbox/dr/gp
      phoned/rang/called ~2 through ~6
      no one/nobody/noone ~1 available/around/free/here/told/contacted
      await/awaiting ~2 formal/final/report/confirm*/verification/authoris*/sign*/consultant
      verbal ~1 report/result/only
      dr/gp/doctor/requester/clinician/registrar/locum ~2 leave/left/away/absent/off/sick/holiday/al
      not ~1 been? ~1 linked/matched/assigned/allocated/attached/chased/followed/communicated/contacted/escalated/picked/dealt/entered/acknowledged
      no ~2 review ~1 logged/recorded/documented/yet
      cxr/ct/mri/xray/xr/scan/uss ~9 opacity/nodule/shadow/mass
      no ~1 referral/followup/action/contact/response/comment/comments/recall/acknowledgement/doctor/clinician ~1 yet/made/arranged/documented/recorded/with/w/done/sent/attached/to/against
      tray/inbox/pigeonhole/pile/basket
      nobody/no-one/noone ~3 contacted/rung/phoned/told
      parked/overlooked/backlog/misplaced/buried/languish*
      part 1/one ~1 of 2/two
      task ~2 open/outstanding/overdue/unread
      no one/nobody/noone ~3 seen/looked/actioned/reviewed/opened/read/signed
      no ~1 action ~2 code/recorded/taken/documented/yet
      abnormal/raised/high/low/pos/positive ~6 no action
      grossly abnormal
      please act
      before anything ~2 said
      not ~1 finished
      unfinished
      interrupted
      not ~1 yet ~2 seen/opened/actioned/reviewed/signed/filed/read/checked/looked/verified/authorised/reported/acted
      abnormal ~6 not/no/un/awaiting
      ? ~1 actioned/seen/reviewed
      flagged ~2 red/abnormal/high/critical/urgent ~4
      critical ~1 result/value/alert/phoned
      phoned ~2 by lab
      lab ~2 rang/phoned/called
      awaiting ~4 signature/validation/confirm*/verification/authoris*/final
      reactive ~6 confirm*/await*/repeat
      SHORTTEST ~2 ? ~3 MASS
      ? ~1 mass/cancer/ca/tumour/lesion/nodule/shadow
    `,
    unless: `
      awaiting/pending ~3 appt/appointment/op/surgery/physio/clinic/referral/list/date/tkr/thr/hip/cataract/housing/dentist/ct/mri/uss/scan/echo
      pt ~2 awaiting
      no action ~2 needed/required/nec*
      action ~1 required
      outstanding ~3 imms/smear/review/bloods
      letter read
      nothing outstanding
      told/informed/aware/discussed/explained/benign/known/stable/copy/unchanged
      draft ~1 letter ~2 shared
      await/awaiting ~3 bloods/results/msu/culture
    `,
    notWith: [],
    fires: ['58F| Histology back, not yet seen by a doctor.'],
    quiet: ['58F| No action needed, pt told.'],
  },
]
