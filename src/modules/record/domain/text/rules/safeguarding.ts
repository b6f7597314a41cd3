import type { TextRule } from '../rule.ts'
import { namedSafeguardingRules } from './named-safeguarding.ts'

/** Any concern about the safety of a child or adult, whoever it is about. Source: DISCLOSURE 2.2. */
export const safeguardingRules: readonly TextRule[] = [
  ...namedSafeguardingRules,
  {
    id: 'safeguarding.violence',
    category: 'safeguarding',
    isSign: true,
    why: 'It tells of violence, threats or control by somebody close.',
    when: `
      ANYONE/he/she/they/someone ~5 HIT ~4 HIM/PT/me/child/baby/OFFSPRING/face/arm/throat/neck/mother/mum
      HIT ~3 by ANYONE/him/her/them
      HIT ~6 ANYONE
      ANYONE ~4 HIT
      scared/afraid/frightened/fearful/terrified/fears/wary/petrified/nervous ~3 of/to ~4 ANYONE/him/her/home/go/return/leave/speak
      ANYONE ~6 temper/jealous/possessive/controlling/aggressive/rages/rage/violent/angry/paranoid
      his/her temper
      not/isn't/doesn't/never/un ~2 safe/safely ~2 at/in/with/to ~1 home/house/him/her/partner/husband/go/return
      not ~1 ok/okay/right/happy/good/easy at home
      unsafe ~2 home
      feels/feel/felt unsafe
      things ~2 home ~4 bad/difficult/worse/tense/not
      trouble/problems/difficulties/difficult/tense/tension/atmosphere at home
      eggshells
      won't/wont/not/doesn't/doesnt/never/isn't/isnt/refuses ~2 let/lets/allow/allows/allowed/permitted ~3 out/leave/see/work/have/go/speak/talk/phone/alone/access/money/eat/family/friends
      not/isn't/isnt/never allowed
      controls/took/takes/taken/holds/has/keeps/withholds/hides/confiscat* ~3 money/bank/card/cards/phone/passport/passports/benefits/pension/finances/wages/papers/documents/keys/medication/pin
      passport/passports ~2 held/taken/kept/confiscated
      works/working off ~2 debt
      debt bondage
      reads/checks/monitors/tracks/has/goes/went/look*/searches/access* ~2 her/his/pt ~1 phone/messages/texts/emails/logins/login/app/account/password/bag/location/pills/pill
      HIM/PT/partner/husband ~2 has/knows/uses ~2 login/logins/password/pin/app
      tracker/tracking/airtag/spyware/hidden camera
      answered/answers/answering/spoke/speaks/speaking/talks/talked ~2 for her/him/pt/over
      ANYONE ~3 hovering/hovers/hovered/lurking/insist*/refused ~4
      hovering
      wouldn't/wouldnt/won't/wont/refused/refuses ~3 leave ~3 room/alone/her/him
      whispered/whispers
      see/seen/saw/speak/spoke/book ~3 on her/his own
      see/seen/speak alone
      flinch*
      fled/fleeing/escaped/escaping/escape/flee/leave ~4 him/her/partner/husband/home/abusive/relationship/marriage
      refuge
      safe to ~2 contact/call/ring/text/leave/phone
      safe contact/number/place/time/address/house/haven/email
      opens/opened/opening/intercept* ~3 post/mail/letters/letter/parcels
      cannot/can't/cant/unable ~2 have/receive/get/take/talk/speak/use ~3 letters/post/calls/phone/mail/texts/home/freely/openly
      do not/don't/dont/never/not ~2 ring/call/phone/text/contact/leave/write/send/letters/voicemail/use ~4 mobile/home/landline/house/message/messages/letters/voicemail/address
      no letters/voicemail/messages/voicemails/texts/calls ~3 home/address/to/at
      contact only/via ~3 work/college/school/email/friend
      only contact ~3 via/by/through/at
      book ~2 as ~2
      hidden in/inside/behind
      memorised
      qr code
      reproductive coercion/control
      tamper* ~4 pill/pills/contraception/condom/condoms
      bruis* ~6 CONTROLCUE
      CONTROLCUE ~6 bruis*
    `,
    unless: `dog/cat/horse/insect/wasp/tick/mosquito/hamster/bull/cow`,
    fires: [
      '34F| Husband punched her in the face last night.',
      '29F| He will not let her see friends.',
    ],
    quiet: ['34F| Hit head on cupboard.', '70M| BP controlled.'],
  },
  {
    id: 'safeguarding.injury',
    category: 'safeguarding',
    isSign: true,
    why: 'An injury with a story that does not fit.',
    when: `
      INJURY ~12 STORY
      STORY ~12 INJURY
      INJURY ~6 CONTROLCUE
      torn frenulum/frenum
      INJURY ~9 2nd/3rd/4th/5th/second/third/fourth/another ~2 this/in/since/yr/year
      frenulum ~2 tear/torn
      cigarette burn/burns
      finger/thumb/hand/belt/grip/bite/teeth/iron ~2 shaped/mark/marks/print/prints/imprint
      fingermarks/handprint/fingertip
      bruis* ~6 baby/infant/weeks/wk/wks/m/non
      INJURY ~5 : ? unclear/unknown/unexplained
    `,
    acrossSentences: false,
    unless: `story consistent\nconsistent ~2 with ~2 story/history/hx/mechanism/fall/injury`,
    fires: [
      '1F| Bruising to both ears, not yet mobile.',
      '45F| Black eye, says walked into a door.',
    ],
    quiet: ['9M| Fell off trampoline, bruise to shin, consistent with story.'],
  },
  {
    id: 'safeguarding.infant-injury',
    category: 'safeguarding',
    isSign: true,
    why: 'A baby who cannot yet walk has a bruise, a burn or a broken bone.',
    under: 2,
    when: `
      bruis*/fracture/fractures/fractured/#/burn/burns/scald*/skull/subdural/retinal
      swollen/swelling/limp/not-moving ~2 thigh/arm/leg/femur/humerus/limb
      femur/humerus/clavicle/ribs ~2 #/fracture
    `,
    unless: `birth/forceps/ventouse/cephal*/mongolian/blue-spot/delivery/nappy/injection/vaccin*/imms`,
    fires: ['0M| Bruise on shin at 10 weeks.'],
    quiet: ['0M| Nappy rash, no bruising at birth.'],
  },
  {
    id: 'safeguarding.child-story',
    category: 'safeguarding',
    isSign: true,
    why: 'A child has an injury and the story does not fit.',
    under: 18,
    acrossSentences: true,
    when: `
      INJURY ~12 STORY
      STORY ~12 INJURY
      INJURY ~12 two/both ~1 versions/accounts/stories
    `,
    unless: `story consistent\nconsistent ~2 with\nwitnessed`,
    fires: ['5F| Scald to foot. Account keeps changing, delayed presentation.'],
    quiet: ['5F| Scald to foot, gran witnessed the kettle fall.'],
  },
  {
    id: 'safeguarding.child-marks',
    category: 'safeguarding',
    why: 'A child has marks of a hand or of something used to hit.',
    under: 18,
    when: `
      mark/marks/imprint/pattern ~6 slap*/hand/belt/teeth/iron/linear/loop/cord/shoe/stick/buckle
      linear/loop/round/circular/slap/belt/hand/multiple ~2 mark/marks/scars/burns
      looks ~1 like ~2 slap/burn/bite/grip/cane
      loses it
      PARENT ~1 shouts/hits/screams/drinks/smacks/swears/scary
    `,
    unless: `striae/stretch/scratch/insect`,
    fires: ['6M| Linear marks across the back.'],
    quiet: ['6M| Insect bite marks.'],
  },
  {
    id: 'safeguarding.child-neglect',
    category: 'safeguarding',
    isSign: true,
    why: 'A child may be neglected, exploited or at risk.',
    under: 18,
    when: `
      bad/inappropriate/secret/funny/naughty ~1 touch*/secret/games/game
      drew/drawing/drawings/draws ~6
      relationship ~4 with/w ~4 NUMBER/coach/teacher/adult/older/tutor/instructor/man
      cut ~1 aged/at/as/when ~2 NUMBER/child/girl/baby
      before/after ~2 visits/contact/weekends/weekend/handover ~2 PARENT
      online ~2 boyfriend/girlfriend/friend/man/relationship
      sent/sends/sending/shared/sharing/send ~3 pictures/photos/pics/images/nudes/video/selfies
      cutting ~3 practised/practiced/ceremony/tradition*/family/abroad/village
      as punishment
      punish*
      crate/cage/shed/cellar/cupboard-under ~6 kept/locked/sleeps/made
      kept/locked/sleeps ~3 crate/cage/shed/cellar/garage
      deprived/starved/denied ~2 food/water/meals/sleep
      disclos* ~5 ANYONE
      ANYONE/he/man ~3 comes/came/gets/got/climbs/goes ~3 room/bed/bath/bathroom
      touch*/touches/touched ~5 ANYONE/privates/down/there/private/bits
      NUMBER ~2 attend*/presentation*/admission* ~6 INJURY
      INJURY ~6 NUMBER ~2 attend*/presentation*
      repeat*/multiple/several/third/fourth/frequent ~1 ed/attendance*/injur*/fractures/head
      hungry ~3 at/school/again/often/always/for/day
      unkempt/dirty/smelly/filthy/unwashed/malodorous/underweight/grubby/same-clothes/infested/ungroomed/dishevelled
      same clothes
      poor hygiene/supervision/attendance
      home/house ~3 dirty/filthy/cluttered/squalid/squalor/cold/unsafe/chaotic/unheated/bare
      not brought/bought ~4
      was not brought
      wnb
      dna ~6 x/again/repeated/third/3rd/multiple/NUMBER
      missed ~3 appts/appointments/imms/immunisations/clinics/dental
      older ~3 friend/boyfriend/man/men/male/males/partner/lad/guy/friends/fella/bf
      gifts/trainers/vapes/phones/burner/unexplained ~2 money/gifts/phone/cash/phones/trainers
      burner/second/two/2/new ~1 phone/phones
      missing ~2 from/episodes/episode/overnight/again/home
      ran/running/runs away
      absconds/absconding/absconded
      sexualised ~1 behaviour/language/play/drawings
      told ~3 SCHOOL/teacher/friend/counsellor ~4 about/that ANYONE
      left ~2 alone/unsupervised/unattended
      home alone
      parents ~3 drunk/intoxicated/drinking/drugs/using/fighting/arguing
      drunk/intoxicated/drugs ~4 PARENT/mum/dad
      smelt/smells/smelling ~2 of ~1 alcohol/cannabis/weed/urine/faeces/smoke
      frightened/scared/afraid/wary/fearful of ~2 PARENT/SPOUSE/SIBLING/WIDER/him
      doesn't/does/won't/refuses/not ~2 want/wish ~2 go home
      carrying/carries/found ~3 knife/blade/drugs/weapon/cash
      gang/gangs
      taking/taken/travel*/sent/going/flying ~2 to? ~1 somalia/sudan/gambia/egypt/ethiopia/sierra/mali/guinea/eritrea/kenya/nigeria/pakistan/bangladesh/home-country ~6 cut*/marry/married/wedding/ceremony/cousin/summer/holidays/celebration/easter/july/august/term/fgm*/ceremony
      cutting ceremony
      cut ~3 abroad/ceremony
      private foster*
      restrain*
      overlay
      co sleep* ~4 alcohol/drunk/drugs
      failure to thrive
      faltering growth ~9 mum/concern/feeding
      police
      removed from ~3 home/parents/mother/care
      whereabouts ~2 unknown
      parental ~3 drug/drugs/alcohol/mental/substance
      mother/mum/parent/dad ~3 overdose/sectioned/intoxicated/drunk/shouted/shouting/rough/smacked/hit/disengaged/hostile/evasive
    `,
    unless: `consistent`,
    fires: [
      '7M| Hungry at school again, same uniform for days.',
      '14F| Older boyfriend, two phones, missing overnight.',
    ],
    quiet: ['7M| Hungry, eating well, playing.'],
  },
  {
    id: 'safeguarding.adult-at-risk',
    category: 'safeguarding',
    isSign: true,
    why: 'An adult may be neglected, exploited or forced.',
    from: 16,
    when: `
      SPOUSE/OFFSPRING/WIDER/SIBLING/COMMUNITY/NEIGHBOUR/EX ~5 holds/controls/withdraw*/spends/spending/taken/takes/taking/took/using/uses/helps-himself/emptied/pockets/has/keeps/withholds ~4 card/cards/money/savings/pension/benefits/bank/cash/pin/house/deeds/will/medication/food/cheque*
      money/cash/jewellery/savings/pension/cards ~3 missing/gone/vanish*/taken/stolen/disappear*/withheld
      pressure ~1 sores/sore/ulcer/ulcers/damage ~9 neglect*/unkempt/soiled/soaked/food/dirty/concern
      food ~3 out-of-date/mouldy/rotting/rotten/expired/in/past ~1 date
      unkempt/soiled/squalor/squalid/hoarding/hoarder/emaciated/malnourished/unwashed/dishevelled/filthy
      locked ~2 in/out/up
      locks/locked/locking ~3 her/him/pt/door/room/fridge/fridges/food
      carer/carers/staff/son/daughter/husband/wife/agency ~4 rough/shouted/shouting/shouts/handled/handling/slapped/hit/pushed/refused/restrained/sedat*/force/forced/overmedicat*
      rough handling
      finger marks/mark/bruising/bruises
      sent/forced/made/taken/pressure/pressured/afraid/promised/betrothed/against ~5 marry/marriage/wed/wedding
      marry ~2 cousin/abroad/against
      passport
      ? ~1 traffick*/slavery/exploit*/coerc*/abuse*/neglect*/assault*/grooming/groomed
      paid ~2 no/nothing/below/cash ~4 sleeps/lives/shared/employer
      employer ~4 holds/keeps/withholds/passport/accommodation
      sleeps/sleeping/lives/living ~4 workplace/factory/car/wash/nail/salon/farm/back
      brothel
      cuckoo*
      strangers ~3 flat/house/home
      taken over ~2 flat/home/house
      day centre/hostel ~3 raised/concern/concerned/reported/alert
      lacks capacity ~9 sex*/money/sister/son/carer
      mate crime
      hate crime
      afraid/scared/frightened/fearful/wary/terrified ~3 of/when/to ~6
      begged/begs/asked ~3 not ~2 send/go home
      cries ~3 when ~4 leaves/visits/arrives/SPOUSE/OFFSPRING
      ? ~1 dv/da/ipv/dva
      discloses/disclosed/discloses/disclosure ~6 home/partner/husband/wife/ex/relationship/abuse/assault/past/childhood
      relationship ~4 abusive/violent/toxic/controlling/unhealthy/volatile
      asked ~2 about ~3 safety/relationship/home/violence/abuse
      safe ~2 at home
      hark
      cutting ~3 practised/practiced/ceremony/tradition*/family/abroad/village
      only ~3 between/when ~6 he/she/husband/partner ~3 work/out/away
      when ~1 he/she/husband/partner/kids 's? ~2 at/out/away ~2 work/out/school/mosque/pub
      between NUMBER ~6 he/husband/partner
      insist* ~2 on ~2 present/staying/coming/attending/being
      terrified/petrified
      cut ~1 aged/at/as/when ~2 NUMBER/child/girl/baby
      leaving him/her/husband/partner
      don't/do-not/dont/never ~1 text/ring/call/phone/write/visit/email/leave-message/message
      chooses/decides/picks/dictates/controls ~2 her/his/what/who ~2 friends/clothes/wears/sees/food/hair/job
      has/knows/wants/demands ~2 her/his/pt ~1 passwords/password/pin/login/logins/codes
      asked ~1 re/about ~1 home
      it's complicated
      signed ~3 house/deeds/money/property/savings/car ~2 over/to
      paid/pays/pay ~1 in ~1 cigarettes/food/alcohol/drugs/tobacco/weed
      sleeps/sleeping/lives ~2 box/shed/garage/cupboard ~1 room/shed/garage
      virginity
      makes/making/made HIM ~1 film/send/share/record/report/prove/show/account/sleep/eat/ask/beg/kneel/wear/hand/sign/quit/give/stay
      so ~1 he/she/husband/partner ~1 knows/can
      knows where HIM/she/he
      keep*/kept ~1 her/him in
      unpaid
      online ~2 boyfriend/girlfriend/man/relationship ~6 money/photos/pictures/pics/images
      sent/sends/sending ~3 money ~3 online/boyfriend/man/abroad
      never ~2 hit
      feels/feel/felt safe
      screened ~3 abuse/violence/da/dv
      ex ~4 breached/outside/turns/turned/harass*/stalk*/follow*/threat*/messages/released
      no ~1 recourse
      hidden ~2 leaflet/card/number/qr
      helpline ~4 hidden/shoe/discreet*/secretly/bra/back
      leaves/leaving/left/fled/flee/plan ~2 him/her/husband/partner ~4 kids/children/tonight/night/refuge/safe/exit/plan
      exit plan
    `,
    unless: `feels/feel/felt safe ~3 driving/using/on/walking/mobil*/transfer*/standing/stairs\nHISTORY`,
    fires: ['82F| Grandson withdraws her pension each week.', '24F| Being taken to marry abroad.'],
    quiet: ['82F| Daughter does the shopping.'],
  },
]
