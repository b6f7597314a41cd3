import type { TextRule } from '../rule.ts'

/** News, opinions and details that may do harm when read alone. Source: DISCLOSURE 2.2. */
export const harmRules: readonly TextRule[] = [
  {
    id: 'harm.suspected',
    category: 'serious_harm',
    isSign: true,
    why: 'It suspects or finds something serious, and nothing shows that the patient has been told.',
    notWith: ['told'],
    when: `
      ? ~2 QDX
      mri/ct/scan/uss/xray/cxr/biopsy/histology/emg/lp/pet/colonoscopy/ogd/endoscopy/cytology/mammogram/bloods/electrophoresis ~9 QDX
      CANCER
      query/possible/poss/probable/prob/likely/suspect/suspected/suspicious/suspicion/worrying/concerning/consistent/suggestive/suggests/suggest/features/r/o/exclude/looks/appearance/appearances/favour/favours/diagnostic/confirms/confirmed/shows/showed/shown/reveals/new ~4 SERIOUS
      SERIOUS ~3 query/possible/poss/probable/likely/suspected/confirmed/diagnosed/?
      prognosis/terminal/incurable/relapse/relapsed/recurrence/secondaries/mets/metastatic/progression
      weeks/months/days/yr/year ~2 left/prognosis/live
      life expectancy
      staging ~1 ct/scan/mri/pet
      stage 4/iv/four
      last year/months/weeks/days of life
      gives/given/giving ~1 NUMBER/DURATION ~1 months/weeks/years/wks/mths
      variant/mutation/expansion ~3 found/detected/positive/pathogenic/present/identified/confirmed
      NUMBER/DURATION ~1 to live
      reluctant ~2 to ~1 raise/discuss/tell/broach/upset
      mnd/als/huntington*/cjd/glioblastoma/gbm
      surprise question
      gsf/gold/dnacpr/dnar/eol/epaccs ~3 register/framework/form/red/amber/code/decision/standards/meeting
      end of life
      poor/guarded/bleak/grim/limited/short ~1 prognosis/outlook
      upgraded/urgent ~2 2ww/usc/fds/cancer
    `,
    unless: `
      HISTORY
      known/previous/prev/past/pmh/pmhx/hx/history/had/since/treated/under/in-remission/remission/tamoxifen/letrozole/anastrozole/exemestane/zoladex/prostap/chemo/immunotherapy/donepezil/memantine/madopar/sinemet/riluzole/stable/annual/clear/cleared/review/fu/followup/surveillance/annual/yearly/routine/screening/completed/finished/discharged/survivor/worried/worries/worry/anxious/fear/fears/concerned/reassured/excluded/normal/benign/low
    `,
    fires: ['62F| CT: likely pancreatic ca with liver mets.', '45M| ?MND. For neuro.'],
    quiet: ['62F| Knows about the cancer, copes well.', '62F| Ca breast 2014, annual review.'],
  },
  {
    id: 'harm.untold',
    category: 'serious_harm',
    isSign: true,
    why: 'It says that the patient has not been told of something.',
    when: `
      PT/PRONOUN ~3 UNAWARE
      UNAWARE ~3 PT/PRONOUN/dx/diagnosis/result/results/why/of/about
      UNAWARE
      not supposed ~1 to know
      awaiting/await/needs/for ~2 to ~1 explain/tell/break/disclose
      not/no ~1 had? ~2 conversation/convo/discussion/dialogue ~3
      told/said ~1 some/only/just/simply
      not ~1 yet? given/shared/disclosed/broached/broken/communicated/conveyed/imparted/named
      SERIOUS/dx/diagnosis/prognosis/result/results/findings/scan/biopsy ~9 UNAWARE/DONTTELL
      UNAWARE/DONTTELL ~9 SERIOUS/dx/diagnosis/prognosis/result/results
      didn't/didnt/not/haven't/havent/hasn't/hasnt/won't/wont/avoid/avoided/avoiding/without ~3 discuss/discussed/mention/mentioned/mentioning/raise/raised/raising/say/said/tell/told/explain/explained/disclose/share/shared/alarm/alarming/worry/upset/used/use/broach/broached/name/named ~6
      to/will/plan/going/for ~2 tell/inform/break/discuss/disclose/explain ~3 HIM/PT/news/dx/diagnosis/result/results/tomorrow/mon/tues/wed/thurs/fri/monday/tuesday/wednesday/thursday/friday/next/at/when/in
      told ~2 HIM ~2 nerves/stress/ulcer/infection/virus/viral/arthritis/anxiety/just/only/routine/shadow/inflammation/cyst/nothing/probably/minor/it
      said/told/called/described/presented ~3 just/only/routine/precaution*/shadow/ulcer/nerves ~3
      kept/keep/keeping/limited/confined/stuck/steered ~2 talk/conversation/discussion/chat/consult/it/things ~2 to/vague/general/light/brief
      for now
      family/wife/husband/son/daughter/daughters/sons/children ~2 ask*/request*/want*/wish*/insist*/prefer* ~3 not/no
      not/wasn't/isn't/hasn't/wasnt ~1 been? ~1 said/mentioned/raised/told/shared/conveyed/put ~1 to ~1 HIM
      soften*/euphemis*/played/downplay*/glossed/fudged/sugar
      not ~1 ready ~2 to/for
      bad/breaking/break/serious/difficult ~1 news
    `,
    unless: `
      UNAWARE ~2 why/what/how/when/whether/if/where/cause/trigger*/date/lmp/hypos/hypo/rules/option*/name
      doesn't/doesnt/don't/dont/didn't/not know ~1 if/why/what/how/when/whether/cause/date
      lump/mass ~3 unaware
      told for now
      not PT/pd/ms
      policy ~2 explained
      consent ~2 to discuss
      happy ~2 to discuss
      continue/stay/same/leave/review/hold/manage/okay/ok/happy/monitor/conservative/keep/well ~3 for now
      not discuss* ~1 smoking/alcohol/weight
      hypo* ~3 unaware*
      unaware* ~2 of ~2 hypo*/any/allerg*
      not aware of ~1 any
      no ~1 drug allerg*
    `,
    notWith: [],
    fires: ['58M| Biopsy malignant. He does not know yet.', '66F| Told her it is just an ulcer.'],
    quiet: ['58M| Doesn’t know what triggers the rash.'],
  },
  {
    id: 'harm.opinion',
    category: 'serious_harm',
    isSign: true,
    why: 'It gives an opinion about the patient that has not been discussed.',
    when: `
      OPINION
      ? ~1 OPINION
      suspect/think/feel/believe/impression/?/query ~4 fabricat*/genuine/real/anxiety/psychosomatic/somatic/personality/drinking/alcohol
      sick role
      all ~1 for/about ~3 benefit/benefits/claim/pip/esa/housing/tribunal/compensation/money
      functional ~1 disorder/illness/element/component/symptoms/neuro*
      lacks ~1 insight/capacity/intelligence
      poor ~1 insight/parent/parenting/mother/father/coper
      no ~1 insight
      not ~1 genuine/convinced/believable/credible
      parenting ~2 concern*/poor/question*/inadequate/skills
      won't/not/do-not/don't ~1 discuss
      paranoi*/delusion*/psychotic/persecutory ~9 record/records/notes/letter/letters/doctor/doctors/staff/us/surgery/practice/app/online/reading
      reading/reads/read ~3 notes/record/records/letters/entries ~6 worse/distress*/paranoi*/upset*/obsess*/trigger*/feeds/angry/fuels/risk
      access ~4 harm*/risk/worsen*/distress*/inadvisable/not-advised/contraindicat*/stop*/block*/suspend*/restrict*/harm
      notes/record/records ~4 make*/makes/fuel*/trigger*/feeds/upset* ~3 worse/delusion*/paranoi*/ruminat*
      believes/convinced/thinks ~4 staff/we/us/gp/doctors/nurse/doctor/microchip/chip/poison*/implanted/bugged/spying/mi5/cia/camera*
      reading ~5 letter/letters/notes/records/record/entries ~5 led/lead/leads/caused/causes/cause/harm/injury/overdose/cutting
      persecutory/paranoid ~1 ideas/ideation/beliefs/thoughts/delusion*
      wording ~4 changed/softened/altered/amended
      fixed ~1 belief/beliefs/idea/ideas
      edits/controls/reads/steals/inserts/broadcast* ~2 his/her/their/my ~1 thoughts/mind/brain
      seeing/viewing/accessing/reading ~3 entries/notes/records/record/app/results/letters ~3 fuel*/feed*/worse*/trigger*/makes/exacerbat*/harm*/distress*/unsettl*/upset*/paranoi*/agitat*
      fuels/feeds/worsens/exacerbates/inflames ~3 this/these/his/her/delusion*/belief*/paranoi*/anxiety/illness/obsess*/psychosis
      chip/implanted/thought-insertion/poisoned/poisoning ~4
      ruminat* ~4 letter/letters/notes/report/wording
    `,
    unless: `NEGHEAD ~1 OPINION\nNEGHEAD ~2 delusion*/paranoi*/psychotic\npt ~2 own`,
    notWith: [],
    fires: ['37M| I suspect malingering.', '41F| Difficult personality, ?EUPD.'],
    quiet: ['37M| No delusions.', '41F| Demanding job.'],
  },
  {
    id: 'harm.detail',
    category: 'serious_harm',
    isSign: true,
    why: 'It gives detail of a method or of trauma.',
    when: `
      SUICIDE ~12 METHOD
      METHOD ~12 SUICIDE
      ligature/noose/stockpil*/helium/nitrogen/antifreeze/nitrite/asphyxia*/hosepipe/carbon
      plan/plans/written/wrote/describes/described/detail*/thought ~6 bridge/train/trains/railway/rope/tablets/cliff/rail/tube/motorway/pills/knife/roof/multi/lorry
      tied ~3 cord/rope/belt/sheet/scarf/cable/lead/dressing-gown
      detail* ~1 how he/she/they
      suicide/goodbye/farewell/final ~1 note/letter/letters/notes/video
      took/taken/swallowed/ingested ~3 NUMBER ~3 paracetamol/tablets/tabs/sertraline/amitrip*/co-codamol/codamol/propranolol/zopiclone/diazepam/pregabalin/insulin
      overdose/od ~4 of/with/on NUMBER
      note ~4 describing/explaining/saying/detailing ~4 she/he/kill/die/end
      detail*/graphic/verbatim/explicit/full/vivid/narrative/disclosure ~5 abuse/assault/rape/trauma/torture/childhood/self/suicide/injur*/account/incident/combat/war/statement
      abuse/assault/rape/trauma/torture/childhood/combat ~5 detail*/graphic/verbatim/explicit/narrative/account/statement/timeline/transcript
      therapist/psychology/counsellor/psychologist/psychotherapy ~4 narrative/verbatim/notes/transcript/process/formulation
      therapy/process/session ~1 notes/transcript
      torture*/waterboard*/electrocut*
      post mortem
      autopsy
      photos/photographs/images ~3 body/injuries/deceased/scene/abuse
      how ~1 he/she/they ~1 would/will/plans/planned/intends/tried ~2 do/it/die
      plan/plans/planned/intends/intend/intent ~3 to? ~2 jump/hang/overdose/die/drown/kill
      cut/slit ~2 wrists/throat/neck
      tied ~3 neck/beam
      found ~2 hanging/hanged
    `,
    unless: `NEGHEAD ~2 METHOD\nno ~3 plan/plans/intent/method\ndenies\nno ~1 SUICIDE\npost mortem ~3 lividity`,
    fires: [
      '24F| Describes tying a ligature to the beam.',
      '24M| Overdose: took 48 paracetamol in the car.',
    ],
    quiet: ['24M| No plans to end his life, no ligatures.'],
  },
  {
    id: 'harm.clinicians-only',
    category: 'serious_harm',
    isSign: true,
    why: 'It is meant for clinicians, and not for the patient.',
    when: `
      clinician/clinicians/professional/professionals/dr/drs/gp/staff/doctors/doctor ~1 only/eyes
      for ~1 professionals/clinicians/clinician
      not ~2 for/to ~2 pt/patient/her/him ~1 read/see/view/access
      don't/do-not/not ~2 show/read/upload/print/give ~3 pt/patient/her/him/online
      advise ~1 against ~3 access/reading/online
      block*/disable*/remove*/suspend*/stop*/no/hide*/decline*/refuse*/restrict* ~2 online/record/app/nhs ~2 access/app/viewing
    `,
    unless: `pt ~2 request*\nno nhs app\nno ~1 internet`,
    fires: ['50F| Disable NHS app access please.', '50F| Addendum for clinicians only.'],
    quiet: ['50F| Seen by one clinician.'],
  },
]
