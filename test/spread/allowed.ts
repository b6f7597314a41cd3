const national =
  'figures of all practices, by night: each machine counts its own, then they are summed'
const directory = 'the list of practices, which is public and goes to every machine at once'
const queue =
  'which practices have work due: each machine is asked, the work itself names its practice'
const staff = 'who works at a practice, asked seldom: each machine looks among its accounts'
const sweep = 'what has run out goes, wherever it lies'
const mail = 'which mail is due: each machine is asked, the mail itself is read by its account'
const codes =
  'few rows, found by a code that was given out: taken back by account, on every machine'
const trail =
  'from the account into the trail of each practice it leads to: its rows are carried over'
const address = 'by e-mail address or NHS login, at sign-in: each machine looks for the account'
const demo = 'made-up people of a demonstration'
const upkeep = 'upkeep of every account in turn, by command'

/** Statements that reach across practices or accounts, by file and tables, and why each may. */
export const allowed: ReadonlyMap<string, string> = new Map([
  ['src/platform/jobs/backlog.ts: jobs.job', queue],
  ['src/platform/jobs/worker.ts: jobs.job', queue],
  ['src/modules/uptake/queries/figures/practice-months.ts: uptake.practice_month', national],
  ['src/modules/uptake/queries/figures/practice-months.ts: uptake.approval', national],
  ['src/modules/uptake/queries/figures/public-months.ts: uptake.practice_month', national],
  ['src/modules/uptake/commands/importing/save-lists.ts: uptake.approval', national],
  ['src/modules/uptake/commands/closing/jobs.ts: directory.practice', directory],
  ['src/modules/uptake/commands/closing/roll-up.ts: uptake.practice_month', national],
  ['src/modules/directory/queries/people.ts: directory.practice', directory],
  ['src/modules/accounts/queries/accounts.ts: accounts.account', `${address}; ${demo}`],
  ['src/modules/accounts/queries/accounts.ts: accounts.mail', demo],
  ['src/modules/accounts/commands/events.ts: accounts.account with directory.practice', trail],
  [
    'src/modules/accounts/commands/events.ts: accounts.account with directory.practice, accounts.link',
    trail,
  ],
  ['src/modules/accounts/queries/nhs-login.ts: accounts.account', address],
  ['src/modules/accounts/commands/staff/joining.ts: accounts.account', address],
  ['src/modules/accounts/queries/nhs-login.ts: accounts.account, accounts.link', staff],
  ['src/modules/accounts/queries/staff-accounts.ts: accounts.account, accounts.link', staff],
  ['src/modules/accounts/commands/send-mail.ts: accounts.mail', mail],
  ['src/modules/accounts/commands/begun.ts: accounts.begun', sweep],
  ['src/modules/accounts/commands/begun.ts: accounts.try_tally', sweep],
  ['src/modules/accounts/commands/staff/close-account.ts: accounts.account, accounts.link', staff],
  ['src/modules/accounts/commands/staff/close-account.ts: accounts.begun', codes],
  ['src/modules/accounts/commands/staff/close-account.ts: accounts.link', staff],
  ['src/modules/accounts/commands/staff/joining.ts: accounts.begun', codes],
  ['src/modules/accounts/commands/signing-in/end-by-patient.ts: accounts.sign_in', staff],
  ['src/modules/accounts/commands/methods/secrets.ts: accounts.account', upkeep],
])
