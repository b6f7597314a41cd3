import type { SafeRule } from '../rule.ts'

/** Settings in which words of harm, law or serious illness are harmless. */
export const safeSettings: readonly SafeRule[] = [
  {
    id: 'safe.explained-accident',
    why: 'An accident with a story that fits.',
    when: `
      consistent/witnessed/fits/plausible/fitting/tallies/compatible ~6 [INJURY]
      [INJURY] ~9 consistent/witnessed/plausible/fits/fitting/tallies/compatible
    `,
    unless: `not/inconsistent/doesn't/doesnt/isn't ~2 consistent/fit/plausible/compatible`,
  },
  {
    id: 'safe.work-in-the-field',
    why: 'The patient works in this field.',
    when: `
      OCCUPATION ~4 [LEGAL/ABUSE]
    `,
    unless: `CONFIDE\nSECRET\nconcern/concerns/referral/reported`,
  },
  {
    id: 'safe.own-business',
    why: 'The patient’s own insurance, solicitor or work, with consent.',
    when: `
      own [solicitor/solicitors/insurer/lawyer]
      PT 's [solicitor/solicitors/solicitor's]
      [solicitor/solicitors/solicitor's/lawyer/lawyers/claim/claims/sar] ~12 consent/consented/mandate/authority/signed/authorised
      consent/consented/mandate/authority/signed/authorised ~12 [solicitor/solicitors/solicitor's/lawyer/lawyers/sar/claim]
      insurance/pmi/travel/dvla/esa/pip/uc/pension/mortgage [tribunal/claim/letter]
      will ~4 [solicitor/solicitors]
      [police] ~3 attended/scene/rtc/rta/present/came ~4 rtc/rta/scene/accident/road
      rtc/rta/road/crash/collision/accident/scooter/bike/fell/collapsed ~9 [police]
      [police] ~2 gave/lift/stopped/helped/passing/drove
      shotgun/firearm/firearms/gun ~4 licence/certificate/medical ~9 consent/fee/pt/PT
    `,
    unless: `no/without/not ~1 consent\ndon't/dont/not ~1 tell`,
  },
  {
    id: 'safe.place-names',
    why: 'The name of a hospital, a home or a street.',
    when: `
      [FIRSTNAME] [CAPITAL]? ~1 hospital/hosp/infirmary/ward/house/centre/center/clinic/surgery/road/rd/street/st/court/lodge/unit/college/school/trust/hospice/lane/avenue/close/nursing/care/theatre/wing/suite/building/way/park/edward/general/university/royal/appeal/charity/foundation/fund/society/helpline/leaflet/uk/cancer/support
      queen/king/st/saint/prince/princess/royal/lord [FIRSTNAME] [CAPITAL]?
    `,
  },
  {
    id: 'safe.professional-names',
    why: 'The name of somebody who acts in a role.',
    when: `
      PRO ~2 [TITLE]? [FIRSTNAME/CAPITAL] [CAPITAL]?
      [TITLE] [CAPITAL] [CAPITAL]? ~3 PRO/surg/surgery/ortho*/urol*/gynae*/ent/vascular/colorectal/upper/max/maxfax/ophthalm*/consultant/obs/plastics/cardiothoracic/neurosurg*/clinic/op/opd/team/fracs/frcs/bariatric/hepatobiliary/dept/list
      copy/cc/copies/copied ~2 to? [TITLE] [CAPITAL]
      [TITLE] [CAPITAL] breast/hand/knee/hip/shoulder/foot/spinal/upper
      from/by/under/clinic/ref/referral/referred/op/opd/cons/consultant/surgeon/ortho*/urol*/gynae*/ent/vascular/colorectal/surg/neurosurg*/thanks/list/sincerely/regards/yours ~2 [TITLE] [CAPITAL] [CAPITAL]?
      letter/cns/sincerely/regards/yours/clinic ~2 [FIRSTNAME] [CAPITAL]
      [FIRSTNAME] [CAPITAL] ~1 ROLE/frcs/mrcp/mbbs/bsc
    `,
    unless: `PT here/of\nhiv/std/dob/born`,
  },
  {
    id: 'safe.negated-serious',
    why: 'An illness that is said not to be there.',
    when: `
      NEGHEAD ~2 [SERIOUS]
      no evidence/sign/signs/features/suggestion ~3 [SERIOUS]
      NEGHEAD [STI/HIV]
    `,
    unless: `SECRET`,
  },
  {
    id: 'safe.everyday-names',
    why: 'A word of secrecy, law or harm in the name of something ordinary.',
    when: `
      [secret] santa/deodorant/recipe/recipes/ingredient/garden/cinema/sauce/is/eaters/weapon
      [anonymous] worry/donor/alcoholics/survey/questionnaire/feedback/box/blood/kidney
      al/alcoholics/narcotics [anon/anonymous]
      ring [binder]
      [binder] clip/folder/fell
      [transition] ~1 to/from ~2 inhaler/doac/school/college/uni/adult/adults/adulthood/insulin/solids/cup/retirement/sixth/year/menopause/patches/liquid
      [transition] clinic/nurse
      [whispered/whisper] ~1 voice/test
      [pep] talk
      [fgm] reader/graph/kit/patch/started/trace/download/report/data/upload
      [csa] ~2 sleep/apnoea/apnea/cpap/knee/spine
      sleep/apnoea/apnea/cpap/central ~4 [csa]
      [cse] ~4 delivery/labour/spinal/epidural/anaesthe*
      [pid] ~3 mri/disc/l5/s1/physio/lumbar
      l5/s1/l4/disc/lumbar ~3 [pid]
      [msm] ~2 glucosamine/supplement*/turmeric/knees
      glucosamine/turmeric ~2 [msm]
      [crabs] ~2 prawns/shellfish/lobster/claws/beach
      prawns/shellfish/lobster/dressed ~2 [crabs]
      [asd/vsd/pfo] ~1 closed/closure/repair*/device
      [aids] ~2 red/loan/red-cross/store
      [murder/killing/killer/torture/agony] ~1 on/my/him/her/knees/feet/heels
      deer/pheasant [stalking/stalker]
      [stalking] ~1 deer/estate/guide
      [gang/ganglion] ~2 wrist/finger/dorsal/volar/cyst
      [court] ~1 NUMBER
      on [court]
      [spat/spits/spitting] ~1 out/up/blood/phlegm/milk/cobs
      [slapped] cheek
      [provisional/interim] ~1 op/plan/date/licence/booking/appt
      welfare [check]
      [escape] room/rooms
      [foster/adopted/rescue] ~1 dog/dogs/cat/cats/kitten/kittens/puppy/pony
      [murder] mystery
      [shot/shots] ~1 of/put/putt/espresso/flu/b12
    `,
    unless: `safeguarding/marac/csc/mash/disclosed/police/threat/threats`,
  },
]
