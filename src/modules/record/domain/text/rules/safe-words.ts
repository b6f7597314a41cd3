import type { SafeRule } from '../rule.ts'

/** Words that look like a cue and mean something ordinary where they stand. */
export const safeWords: readonly SafeRule[] = [
  {
    id: 'safe.no-concern',
    why: 'Nothing of concern, as templates say it.',
    when: `
      NEGHEAD ~1 [safeguarding/safegaurding/safegarding/safguarding] ~1 [concern/concerns/concerned]?
      no known ~1 [safeguarding/neglect/abuse]
      no ~4 [safeguarding]
      [safeguarding] ~1 concerns? : ? none/nil/no/nad/neg
      [safeguarding] ~2 none/nil/nad/no
      no [social/child] [services/services/protection/care] ~1 involvement/concerns/input
      not known to [social] [services/care]
      no [ABUSE] ~1 concerns/concern/issues/flags
      no ~2 [concerns] ~2 [safeguarding]
      NEGHEAD [police]
      [anomaly/anomalies] scan
      [police] not involved/called/needed/informed/required
      no [police] ~1 involvement/involved
      not [LEGAL]
      no [THREAT]
    `,
    unless: `but\nhowever\nalthough\nuntil\nexcept\nasked\nenquiry\ndash\nroutine\ndv\nda\ndomestic/ipv/dva/violence/harks/home`,
  },
  {
    id: 'safe.dv-visit',
    why: 'DV is a visit at home here.',
    when: `
      [dv] ~4 flu/jab/vaccine/vacc/booster/bloods/blood/inr/dn/visit/request*/housebound/list/phlebotomy/ecg/dressing/slot/today/pm/am
      flu/jab/request*/housebound/visit/visits/for/on/bloods/needs/wants ~3 [dv]
      [dv] list/requested/done/booked
    `,
    unless: `domestic\nABUSE ~2 ABUSE\nhelpline/asked/denies/screen/screened/enquiry/police/partner/victim/disclosed/hx/history/refuge`,
  },
  {
    id: 'safe.polio-vaccine',
    why: 'IPV is the vaccine against polio here.',
    when: `
      [ipv] ~3 hib/hepb/hep/mmr/booster/vaccine/vaccination/vaccinations/immunisation/immunisations/imm/imms
      dtap/dtp/tdap/td/diphtheria/tetanus/pertussis/hib/hexavalent/polio ~3 [ipv]
    `,
    unless: `ABUSE ~2 ABUSE\ndomestic/partner/enquiry/disclosed/discloses/denies/asked/screen/screened/victim/violent/violence`,
  },
  {
    id: 'safe.abbreviations',
    why: 'The short form has another, ordinary meaning beside these words.',
    when: `
      [mash] ~3 masld/nafld/nash/liver/fibrosis/elf/fibroscan/fib/steato*/cirrhosis/alt/hepatology
      masld/nafld/nash/liver/hepatology/fibroscan/steato* ~4 [mash]
      [mash] clinic
      [sti] ~3 ecg/twi/std/avf/v1/v2/v3/v4/v5/v6/leads
      ecg ~6 [sti/std]
      no [sti/std] ~5 ecg/twi/leads/changes
      [std] ~3 v4/v5/v6/leads/ecg
      [cin/cin1/cin2/cin3] ~8 lletz/colp*/smear/cervical/hpv/treated/toc/cure/biopsy/cytology/dyskary*/borderline/1/2/3/i/ii/iii
      lletz/colp*/smear/cervical/dyskary*/biopsy ~6 [cin]
      [fgm] ~5 sensor/sensors/libre/glucose/readings/hypos/scan*/dexcom/tir/hba1c/time/diabet*/t1dm/insulin/flash/monitor
      libre/sensor/sensors/glucose/dexcom/freestyle/diabet*/insulin/cont/flash/t1dm ~6 [fgm]
      [ivf] ~6 resus/dka/sepsis/bolus/saline/hartmanns/dehydrat*/fluids/aki/litre*/ml/running/stat/abx/antibiotics/ward/admitted/ed/analgesia/ondansetron/obs
      2l/1l/litre*/litres/500ml/1000ml/iv/resus/dka/aki/sepsis/dehydrat*/rehydrated/given/had ~3 [ivf]
      [pep] ~3 flow/mask/device
      [top] ~2 of/set/teeth/tooth/lip/dentures/plate/end/up/priority/heavy/marks/floor/shelf/half/lid/dose/tips/left/right/toe/foot/hand/leg/thigh/arm/back/number
      on/at/the/tank/crop/flat/big/very [top] 
      [art] ~1 therapy/class/classes/group/college/teacher/student/gallery/line/school/degree
      [gum/gums] ~2 disease/bleeding/bleed/swelling/swollen/infection/abscess/recession/boil/sore/tender/inflamed/dental/dentist/health/chewing/nicotine/nicorette/lozenge/patch*
      bleeding/swollen/sore/inflamed/nicotine/nicorette/chewing/tooth/teeth/receding ~2 [gum/gums]
      transfer/toilet/dressing [aids]
      hearing/walking/visual/mobility/bath/communication/sleep/memory/first/band/writing/dressing [aids]
      [aids] ~1 hearing/sleep/walking/to/digestion/provided
      hearing ~3 [aids]
      [prep] ~4 bowel/colonoscopy/moviprep/picolax/op/theatre/meal/exam/school/work/dose/citrafleet/plenvu/klean
      bowel/colonoscopy/moviprep/picolax/exam/meal/pre/op/skin/bowels ~3 [prep]
      [ms] : ? MSKISH
      [ms] ~1 exam/nad/normal/clinic/contin/valve/cont
      mitral ~3 [ms]
      [hd] ~5 dialysis/renal/esrf/session/fistula/thrice/3x/mon/nephro*
      dialysis/renal/esrf/nephro*/haemodialysis ~4 [hd]
      [pd] ~4 parkinson*/madopar/sinemet/levodopa/tremor/dialysis/peritoneal/apd/capd/bag/bags/nurse/neuro*/co
      tremor/parkinson*/neuro*/dialysis ~4 [pd]
      [cp] ~3 atypical/sob/radiat*/pleuritic/exertion*/palp*/trop/ecg/rest/angina/today/central/chest/musculoskeletal/msk/ongoing/resolved/palsy/nil
      no/nil/denies/atypical/any/with [cp]
      [lac] ~3 sutured/glued/steri*/closed/wound/scalp/cm/forehead/eyebrow/chin/finger/hand/repair/healing/knee/intolerance/operon
      scalp/finger/forehead/small/hand/head/facial/chin [lac]
      [da] ~1 vinci
      [da] ~3 nurse/clinic
      [dash] ~2 diet/of/board/cam/board
      [caf] ~1 fe
      [tac] ~1 lyrica/level/levels/ointment
      [si/sh] ~2 joint/joints/:/units/pain/strain/belt/tender*/inject*/mri
      r/l/left/right/over/both/bilateral/pain [si]
      no/nil/denies/denied/never [si/sh/dsh/tsh/suicid*]
      [sh] :
      ^ [sh]
      [sw] ~1 london/facing/side/coast
      [asc] ~1 liver/endoscopy/colon
      [prevent] ~1 recurrence/falls/further/infection/dvt/stroke/relapse/constipation/reflux/migraine*/hypos/gout/attacks/another/osteo*/uti/utis/any/more/damage/it/this/complications/progression
      to/can/help/helps/will [prevent]
      [channel] ~1 blocker
      [ed] ~2 letter/attend*/visit/discharge/seen/last/today/dept/review/for
      [iris] ~2 clip/prolapse/normal/eye
      [gic/gids/acu/srh/set/caf/dash/hits/iris/channel/aces/tac] ~2 inhibitor/inhibitors/blocker
      [pid] ~1 number/code
      [aces] ~1 high/nad
      [act] ~1 out/on/as/quickly/normally
      [pn] ~1 : ? dressing/bloods/review/appt/clinic/smear/bp
      [crabs/sauna/escort] ~1 meat/allergy/claw/steam/gym/ford
      allergic ~2 [crabs]
      [od] ~2 om/nocte/mane/prn/for/months/days/#/mg/tab/tabs/daily/with/in/and/increase*/reduced/x/not/started/continue
      NUMBER [od]
      mg/mcg/tab/tabs/cap/caps/one/dose/once/20/10/5/40/80/drop/drops/puff/puffs/take/cream/apply/statin/ppi/DRUG ~1 [od]
      DURATION ~1 [od]
      [od] DURATION
      [depot] ~1 injection
      [nai] ~1 complex
      [hits] the/knee/a
      [mps] ~1 level/type
      [fet] ~2 cap
      [pgd] ~2 nurse/vacc*/given/supply/under
      under [pgd]
      [create] ~1 a/the/new/care/plan
      [dashed/dash] to/for/out
      [cop] 
      [ema] ~2 ttg/coeliac/neg/pos/iga
      ttg ~2 [ema]
    `,
    unless: `safeguarding\nmarac\ndisclosed\nrefer*/referred/referral ~1 to prevent`,
  },
  {
    id: 'safe.figures-of-speech',
    why: 'A word of harm or law in its everyday sense.',
    when: `
      [violent/violently] ~1 sneez*/cough*/vomit*/shiver*/rigor*/retch*/hiccup*/itch*/shaking/diarrhoea/headache/movement/reaction/nightmare*/dream*
      [aggressive] ~2 treatment/disease/tumour/bp/control/lipid/management/therapy/form/rehab/physio/monitoring/driver/dog/play/statin/cancer/lesion/bcc/type/course/subtype/hydration
      [abusing/abused/abuse/abuses] ~1 laxative*/salt/sugar/caffeine
      [neglected/neglect/neglecting] ~3 exercise*/physio/diet/his/own/feet/teeth/dental/garden/skin/moistur*/inhaler*/stretches/to/himself
      hemi/left/visual/sensory/spatial/inattention/stroke [neglect]
      [adopted/adopt/adopting/adopts] ~3 diet/low/carb/mediterranean/vegan/vegetarian/keto/healthy/healthier/lifestyle/approach/exercise/routine/position/posture/strategy/strategies/plan/dog/cat/puppy/kitten/rescue/greyhound/pet/policy/new/regular/cautious/watch/better/habits/walking/pacing/plant/antalgic/gait
      [section/sectioned/s] ~1 c/caesarean/lscs/2/of
      emergency/elective/caesarean/lower/c/crash/previous/planned/prev/lscs/em/emcs/em [section/sections]
      [section] ~3 vbac/baby/delivery/scar/wound/birth/theatre/breech
      had/her [section] 
      [court] ~2 shoe/shoes/road/street/nursing/care/house/surgery/practice/lane/juror/tennis/squash/badminton/basketball/padel
      [court] ~6 juror/jury/witness/usher/clerk/stenographer
      [probation] ~1 period/at/review/new/end/job/work
      [abusing/abused/abuses] ~2 knee/knees/body/back/feet/joints/hip/shoulder/voice
      diet/plan/lifestyle/approach/routine/strategy ~1 [adopted]
      [secret] to/of
      [custody] of ~1 tablets/meds/medication/keys
      tennis/squash/badminton/basketball/hampton/earls/earl's/netball/padel/pickleball/food [court/courts]
      [jury] ~1 service/duty
      [jury/juror/court] ~6 exempt*/excus*/service
      jury/juror ~9 [court]
      OCCUPATION ~5 [police/prison/probation/court/courts/social/solicitor/solicitors/barrister/csc/magistrate/magistrates/custody/safeguarding/legal/firearms/investigator/investigation/cps/refuge/hmp/foster/fostering/army/childrens/children's/mash/fraud/services/care/worker/work/social-services/sw/border/counsel/trial]
      [police/prison/probation/custody/social/court/firearms] ~1 [officer/sergeant/constable/worker/inspector/dog/cadet/driver/control/support/community/staff/custody/usher/clerk/instructor/force] ~6 SHIFTLIKE
      is/was/retired/as/a/an/ex/former [police/prison/probation/custody/social/court] [officer/sergeant/constable/worker/inspector/officer's/usher/clerk]
      [custody/police/prison/probation] [sergeant/officer/constable/worker/inspector/nurse/driver/dog/call/staff/cadet] ~3 OCCUPATION/stress/insomnia/shift/knee/back
      [social] ~3 EQUIPMENT
      [social/asc/adult] [services/care/services/worker] ~5 EQUIPMENT
      EQUIPMENT ~5 [social/asc/adult/sw]
      [social] ~1 distanc*/history/anxiety/drinker/smoker/media/prescrib*/life/situation/smoking/circumstances/phobia/isolation/club/group/hx/support/activities/contact/network/prescriber/functioning/skills/communication
      [private] ~1 clinic/hospital/mri/ct/scan/script/rx/prescription/physio/gp/bloods/consult*/dermatolog*/health/referral/provider/letter/surgery/op/treatment/patient/healthcare/opinion/insurance/ortho*/dentist/room/dermatology/uss/appointment/appt/hosp/counsell*/therapist/jet/hire/rental/landlord/lessons/tutor
      [secret/secretly] ~1 eater/eating
      [hit] ~3 head/knee/toe/elbow/shin/thumb/finger/wall/door/target/by/cupboard/low/menopause/kerb/funny/on/table/ground/floor/ball/goal/lamppost/tree/car/a/hba1c/targets/with/deer/step/step-count/bottom
      [burnt/burned] out
      [burn/burning/burns] ~2 urine/pu/sensation/micturition/pain/feet/oven/iron/kettle/hob/tea/coffee/hot/bbq/water/pan/mouth/sun/sunburn/dysuria/tongue/calories/hair/straighteners/barbecue/exhaust/epigastric/stomach/tingling/steam/fat/oil
      [choking/choked/choke] ~2 on/food/fishbone/episode/sensation/fit/feeling/steak/sweet
      [kick/kicks/kicking/kicked] ~3 in/ball/football/baby/fetal/felt/legs/smoking/habit/counter/well/started/horse/by
      [strangulated/strangulation] 
      [attack/attacks/attacked] ~1 of/x/per/last/frequency/yesterday/rate/lasted
      panic/asthma/heart/gout/anxiety/vertigo/transient/ischaemic/tia/migraine/gouty/hypo/hay/ibs/bronchospasm/dog/cat/acute/coughing/biliary/gallstone/menieres [attack/attacks]
      [threatened/threatening] ~2 miscarriage/preterm/abortion/labour/redundan*/job/life/limb/sight/organ
      non [threatening]
      life/limb/sight [threatening]
      [bat] ~1 bite
      [gun] ~1 dog
      [weapon]  training
      [knife] ~3 slip*/cut/kitchen/cutting/bread/avocado/chopping/carving/work/stanley/bagel
      kitchen/bread/stanley/craft/chopping/carving [knife]
      [beat/beats/beating] ~1 heart/per/min/ectopic*/missed/bpm/regular/hard/faster/irregular*/fast
      missed/skipped/extra/dropped/heart/ectopic/irregular/regular/racing/heart's/dropping/skipping [beat/beats/beating]
      [grooming/groomed/groom] ~1 dog/self/salon/horse/personal/hygiene/dogs/beard
      well/poorly/head/dog/horse/pony [groomed/groom/groomer/grooming]
      [victim] ~2 rtc/rta/own/of success
      [perp*] ~1 pressure
      [forces] ~1 discharge
      armed/ex/in [forces]
      [forced] ~1 expiratory/vital/diuresis/to retire/out/air/leave/rest/spirometry
      [stalk/stalked/stalking] ~1 of/polyp/deer
      [trial/trials] ~1 of/without/off/drug/stop/period/at/month/amitrip*/ppi/DRUG/4/2/6/vaccine/clinical/twoc/low
      clinical/drug/recovery/vaccine/twoc/therapeutic/short/research/medical/treatment/ppi/steroid [trial/trials]
      [trial]
      [arrest] ~1 of growth
      cardiac/resp*/epiphyseal/growth/bail/asystolic/vf [arrest]
      [offence/offences] taken
      [complaint/complaints/complaining] ~1 of/today/main/:/with/about
      presenting/main/no/other/nil/chief/new/skin/only/minor/any [complaint/complaints]
      [claim/settlement] ~1 form
      [offensive] 
      [controls/control/controlled/controlling] ~4 bp/pain/asthma/symptoms/sx/diabetes/weight/sugars/reflux/glucose/hr/rate/seizures/well/bladder/diet/itch/nausea/allergy/hba1c/cholesterol/appetite/ibs/epilepsy/pest/temp
      birth/pain/rate/bp/asthma/diabetes/portion/symptom/air/quality/ground/traffic/infection/pest [control/controlling/controls]
      [controlling] ~3 DISEASE/with/by diet
      [exploit*] ~1 the
      [isolated/isolates/isolating] ~2 covid/flu/days/coliform/e/ecoli/mixed/growth/systolic/staph/lesion/raised
      [monitors/monitoring/checks/checking/tracks/tracking/follows/following] ~3 own/bp/sugars/bm/bms/glucose/bloods/inr/weight/home/pulse/u/renal/fbc/lft/lfts/up/advice/low/diet/op/surgery/with/shared/fall/a/course/rx/treatment/steps/sleep/feet/cycle/moles/skin/readings/hr/ovulation/through/to/visit/visual/discussion/discharge/the/on/for/abx
      [secondary] ~2 to/prevention/school/care/infection/infertility/sexual/prev/osa
      [secondaries] at
      [mass] ~1 index/spectrometry
      no/body/muscle/bone [mass]
      [growth] ~3 chart/centile*/hormone/normal/on/scan/plotted/e/coliform/e.coli/monitoring/spurt/restriction/good/mixed/pains/factor/along
      no/nil/mixed/heavy/light/significant/bone/hair/fetal/foetal/good/normal/baby/child/catch/slow [growth]
      [shadow] ~1 eye
      eye/under [shadow]
      [demanding] ~1 job/role/work/exercise
      physically/mentally/job/very/work [demanding]
      [odd] ~1 cough/twinge/day/occasion/dizzy/ache/job/cigarette/glass/palp*/pint/week/headache/one/spot
      the/every/an [odd]
      [thick] ~1 skin/phlegm/sputum/ear/mucus/nail/nails/green/yellow/discharge/hair/wax/and/white/toenail*/plaque*/crust/scale
      [overlay] ~1 denture
      [functional] ~1 hip/status/impairment/assessment/dyspepsia/bowel/neuro*/capacity/class/ability/constipation/abdo*/limitation/heart/decline/movements
      [gene/genes] ~1 xpert
      [lesion/lesions] ~3 skin/face/nose/scalp/back/arm/leg/sk/benign/wart*/keratosis/ak/seb*/derm*/mm/excised/cryo*/shin/hand/cheek/temple/neck/chest/ear/lip/removed/actinic/pigmented/forehead/oral
      skin/facial/raised/seb/warty/crusty/pigmented/benign/scaly/nasal/scalp/itchy/actinic/precancerous/mole [lesion/lesions]
      no/nil/without/nothing/denies/not/neg/exclude*/excluding [sinister/malignan*/suspicious/growth/mass/lesion/lesions/mets/metastas*/recurrence/aneurysm/lymphadenopathy/tumour/cancer/ca/relapse/shadow/nodule/opacity/features]
      no/nil/without/nothing/denies/neg ~4 [malignan*/suspicious/mass/lesion/lesions/mets/metastas*/recurrence/aneurysm/lymphadenopathy/tumour/cancer/relapse/nodule/opacity/sinister/growth/shadow/lymph]
      [ca] ~1 2/level/supps/channel/vit/calcium/carb/corrected
      corrected/adj/adjusted/serum/bone/plus [ca]
      NUMBER [ca] !breast
      [prognosis] ~1 good/excellent
      good/excellent [prognosis]
      [terminal] ~1 ileum/haematuria/dribbl*/phalanx/hair/ileitis/dribble/1/2
      [benign] 
      [tv] ~1 licence/remote/loud/volume/on/programme/screen
      watching/on/the/loud/up/turns [tv]
      [affair/affairs] of
      [speed] ~1 of/gait/walking/bump/dating
      walking/at/gait/high/low/reduced/processing [speed]
      [crack/cracks/cracked] ~1 in/skin/heel/heels/tooth/rib/nipple/nipples/fingers/lips/noise
      [coke] ~1 can/diet/cola/zero
      diet/drinks/cans/coca/of/full/fat [coke]
      [spice/spices] ~1 food/rack
      spicy/curry/old [spice]
      [rehab] ~3 class/physio/cardiac/pulmonary/stroke/acl/knee/programme/exercises/ward/goals/gym/vestibular/post/hip/unit/pathway
      cardiac/pulmonary/stroke/neuro/knee/vestibular/physio/post/community/intermediate/acl/hip/shoulder/resp [rehab]
      [relapse/relapsed/relapses] ~2 prevention/eczema/smoking/rls/hayfever
      [detox] ~1 tea/diet/juice
      [addict/addicted] ~1 to chocolate
      [injects/injecting] ~4 insulin/clexane/mtx/methotrexate/fragmin/semaglutide/enoxaparin/ozempic/himself/adalimumab/site/sites/self/wegovy/b12/into/abdomen
      insulin/clexane/self/enoxaparin/adalimumab/b12/sumatriptan [injects/injecting]
      [implant/implants] ~1 dental/cochlear/lens/breast/hip/knee
      [delete/deleted] ~1 dose
      [provisional/partial/interim] ~1 licence/thickness/tear/seizure*/response/denture*/plate/knee/relief/improvement/weight/wt/bearing/benefit/licence/remission/pressure/deafness/dentures/rupture/nephrectomy/thyroidectomy/hearing/onset/report agreed/mastectomy/gastrectomy/closure/loss/obstruction
      [draft] ~1 beer/excluder
      [pending] ~1 appt/surgery/op
      [outstanding] ~1 school/ofsted
      [amended] ~1 duties/hours/work/role/dose
      [restricted] ~2 rom/movement/flexion/abduction/diet/rotation/range/er/by/fluids/fluid/ext*/mobility/neck/intake/to/mouth/airflow/growth/in
      fluid/movement/rom/growth/salt/abduction/flexion/rotation/range/calorie/very [restricted]
      [hidden] ~1 disabilit*/disability/testis
      [sensitive] ~1 skin/to/teeth/tooth/nitro*/trimeth*/stomach/nipples/area/amox*
      [discreet/discrete] ~1 lump/lesion/nodule/mass/patch*
      [confidential] ~3 service/helpline/advice/counselling/line/clinic
      [marks] ~3 stretch/insect/pressure/skid/injection/birth/tattoo/acne/exam
      stretch/birth/bite/injection/exam/pock/chickenpox/acne/strawberry/top/full/good [mark/marks]
    `,
    unless: `safeguarding/marac/dash/csc/mash/disclosed/strat/s47/idva`,
  },
]
