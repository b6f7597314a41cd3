import type { TextRule } from '../rule.ts'

/** Subjects that a look over the shoulder must not give away. Source: DISCLOSURE 2.2. */
export const topicRules: readonly TextRule[] = [
  {
    id: 'topic.sexual-infection',
    category: 'sensitive_topic',
    isSign: true,
    why: 'It speaks of an infection passed on by sex, or of a sexual health service.',
    when: `STI\nwarts/wart/sores/blisters/ulcer/ulcers/rash ~3 penis/vulva/genital*/labia*/anus/foreskin\ntraceable ~2 partner\nnew ~1 partner ~6 discharge/sti/screen/swab/swabs/test\nherpes ~3 genital/penis/penile/vulva*/labia*/vagina*/anal/simplex`,
    unless: `smear/cervical/cytology/colposcopy`,
    fires: ['24F| Chlamydia positive, azithro given.'],
    quiet: ['24F| No STI on ECG.'],
  },
  {
    id: 'topic.hiv',
    category: 'sensitive_topic',
    isSign: true,
    why: 'It speaks of HIV.',
    when: `HIV`,
    fires: ['44M| HIV stable on Biktarvy.'],
    quiet: ['44M| Bowel prep given.'],
  },
  {
    id: 'topic.termination',
    category: 'sensitive_topic',
    isSign: true,
    why: 'It speaks of ending a pregnancy, or thinking of it.',
    when: `
      TOP
      doesn't/not/wants/does/unsure/decided ~3 continue/keep/continuing/end ~3 pregnancy/preg/baby/it
      pregnancy/preg ~4 unwanted/unplanned/unsure/options/ambivalent/not-wanted/decision/discontinue
    `,
    unless: `miscarriage\ncourse/abx/antibiotics/treatment ~2 terminat*`,
    fires: ['21F| TOP at 8/40 via BPAS.'],
    quiet: ['21F| On top of things.'],
  },
  {
    id: 'topic.assisted-conception',
    category: 'sensitive_topic',
    isSign: true,
    why: 'It speaks of assisted conception.',
    when: `ART\nfertility ~2 clinic/unit/treatment/cycle/centre/hospital/referral/investigation*`,
    fires: ['35F| IVF cycle 2, embryo transfer Friday.'],
    quiet: ['35F| 2L IVF for dehydration.'],
  },
  {
    id: 'topic.gender',
    category: 'sensitive_topic',
    why: 'It speaks of gender identity.',
    when: `GENDER\nidentifies ~1 as\npreviously known as\ntestosterone/oestrogen/estradiol/hormones ~3 bridging/gender/online/transition/private/masculinis*/feminis*\nbridging ~1 hormones/prescription\nnot out ~3\nborn ~1 male/female/boy/girl\nliving/lives/lived as ~2 man/woman/male/female\nmale/female title\nlives as ~2 male/female/man/woman`,
    unless: `baby/newborn/fetal/scan/cause/stats`,
    fires: ['19M| Referred to the gender clinic.'],
    quiet: ['19M| Transferrin low.'],
  },
  {
    id: 'topic.sexual-assault',
    category: 'sensitive_topic',
    isSign: true,
    why: 'It speaks of a sexual assault.',
    when: `SEXASSAULT\nassault*\nattacked ~3 by/in/at\nattended the haven`,
    fires: ['26F| Seen at the SARC last month.'],
    quiet: ['26F| Smear taken.'],
  },
  {
    id: 'topic.young-people',
    category: 'sensitive_topic',
    why: 'Confidential care of somebody under 16, or with parents who do not know.',
    under: 18,
    when: `
      GILLICK
      parents/mum/dad/mother/father/family ~2 unaware
      parents/mum/dad/mother/father/family ~2 doesn't/doesnt/don't/dont/not/mustn't/never/won't/can't/cannot/hasn't ~2 know/told/tell/aware/find/knowing
      not/don't/doesn't ~2 want/tell/know ~2 parents/mum/dad/mother/father/family
      without ~2 parent/parents/mum/dad/mother
      attends/attended/seen/came/here ~1 alone
      confidential*
    `,
    unless: `parents/mum/dad/mother/father ~1 aware ~2 of\nnot alone`,
    fires: ['13F| Attended alone, knee pain.', '15F| Gillick competent, pill started.'],
    quiet: ['15F| Mum present, eczema.'],
  },
  {
    id: 'topic.gillick',
    category: 'sensitive_topic',
    why: 'It speaks of care that a young person consented to alone.',
    when: `GILLICK`,
    fires: ['19F| Fraser guidelines were met at the time.', '16F| Fraser guidelines met.'],
    quiet: ['40M| Lives on Fraser Street.'],
  },
  {
    id: 'topic.sex-under-16',
    category: 'sensitive_topic',
    why: 'It speaks of sex or contraception in somebody under 16.',
    under: 16,
    when: `SEX\ncannabis/weed/vape/vaping/vapes/alcohol/drunk/drugs/ket/ketamine/mdma/self-harm/cutting\nSUICIDE`,
    unless: `mum/dad/mother/parent/parents/breast/antenatal/maternal/denies/no/nil/smoke/smokes/pump/insulin/asthma/cochlear/grommet/dental`,
    fires: ['14F| Nexplanon fitted.'],
    quiet: ['14F| Mum takes the pill.'],
  },
  {
    id: 'topic.concealed-treatment',
    category: 'sensitive_topic',
    isSign: true,
    why: 'It speaks of treatment for drug use, or of something hidden from family or work.',
    when: `
      methadone/subutex/buvidal/espranor/naltrexone/disulfiram/antabuse/acamprosate/ost
      opioid substitution
      buprenorphine ~4 8mg/16mg/daily/supervised/clinic/service/sublingual/sl
      supervised ~1 consumption
      ADDICT ~9 UNAWARE/DONTTELL
      ADDICT ~9 unknown/secret/hides/hidden/hiding/conceal*
      wife/husband/partner/family/work/employer/mum/dad/parents/colleagues/kids/children/boss/nobody/no-one ~2 unaware/unaware/doesn't/doesnt/don't/dont/not/mustn't ~2 know/told/aware/find
      wife/husband/partner/family/work/employer/mum/dad/parents/colleagues/kids/children/boss unaware
      not ~2 want/wish ~4 to know
      doesn't/doesnt/not/does ~2 want/wish ~2 wife/husband/partner/family/work/employer/mum/dad/parents ~2 know/find/told/to
      heroin/crack/cocaine/chemsex/injecting/ghb/gbl/meth/ketamine/pwid/ivdu/mephedrone
      needle exchange
      wife/husband/partner/family/work/employer/mum/dad/parents/colleagues/firm/company/boss/office/everyone/kids/children ~1 thinks/think/believes/believe/assumes/assume ~1 he/she/it/they/its/it's/he's/she's
      has ~2 proxy/login
      partner/mum/dad/wife/husband/parents/mother/father ~3 app/login/proxy/access/account/reads/sees
      nobody/no-one/noone ~1 knows
      told ~1 nobody/noone
      not ~1 told ~1 anyone/wife/husband/partner/family/parents/mum/dad/work
      secret*/conceal*/hiding/hides ~4 from ANYONE
      erectile ~4 wife/partner ~3 unaware
    `,
    unless: `denies\nno/nil/never ~1 heroin/crack/cocaine/injecting/ketamine/meth/ivdu\nlocal anaesthe*\nketamine ~2 theatre/sedation/infusion/ed`,
    fires: ['39M| Methadone 60ml, family think it is cough mixture.'],
    quiet: ['39M| No heroin or crack.'],
  },
  {
    id: 'topic.paternity',
    category: 'sensitive_topic',
    why: 'It doubts who somebody’s father is.',
    when: `PATERNITY\nexcludes/excluded/excluding ~4 father/dad/paternity\nblood ~1 group ~4 compatible/incompatible/excludes/match/possible\nvasectomy ~9 pregnant/pregnancy/DURATION\nanother man\naffair\ndates ~2 don't/do-not/dont ~1 fit/match`,
    fires: ['30F| Baby may not be her husband’s: paternity in doubt.'],
    quiet: ['30F| Partner attended the scan.'],
  },
]
