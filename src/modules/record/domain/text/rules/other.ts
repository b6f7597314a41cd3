import type { TextRule } from '../rule.ts'

/** Law, staff and results. Source: DISCLOSURE 2.2, 4.4. */
export const otherRules: readonly TextRule[] = [
  {
    id: 'legal.named',
    category: 'legal_restriction',
    isSign: true,
    why: 'It speaks of adoption, fertility law, a court, the police, or legal advice.',
    when: `LEGAL\nCRIME\ndonor ~2 no/number/code/id/profile/conceived/register/anonymous\nkept sealed\nstatutory ~1 bar/restriction/disclosure\nnot ~1 for ~1 release/disclosure\ndon't/do-not/dont/not ~2 tell/inform/alert/notify ~3 claimant/subject/suspect`,
    fires: ['48F| Witness statement for the police.'],
    quiet: ['48F| Tennis court injury.'],
  },
  {
    id: 'staff.threat',
    category: 'staff_safety',
    isSign: true,
    why: 'It speaks of a risk to staff, or of a restriction that the patient is not told of.',
    when: `
      THREAT ~6 STAFF
      STAFF ~6 THREAT
      carry/carries/carrying/armed/armed-with/concealing ~3 knife/blade/weapon/weapons/machete/hammer/screwdriver/needle
      see/seen/book ~2 with ~2 second/2nd/another/two ~1 clinician/gp/staff/dr/colleague/doctor/nurse
      filed by ~1 bot/robot/rpa/automation/admin
      don't/do-not/dont/never ~1 book ~4 with
      see ~1 manager/pm
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
    isSign: true,
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
