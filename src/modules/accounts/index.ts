export { createAccountsInBulk, type NewAccount } from './commands/create-account.ts'
export { makeRecoveryCodes } from './commands/methods/recovery-codes.ts'
export {
  checkChosenSignIn,
  linkAccount,
  openAccount,
  type ChosenSignIn,
  type OpenAccountRefusal,
} from './commands/sign-up/open-account.ts'
export { closeStaffAccount, endStaffLink } from './commands/staff/close-account.ts'
export { joiningDays, makeJoiningCode, openAccountToJoin } from './commands/staff/joining.ts'
export { staffAccounts, type StaffAccount } from './queries/staff-accounts.ts'
export { beginSignIn } from './commands/signing-in/begin-sign-in.ts'
export { liveSignIn } from './commands/signing-in/live-sign-in.ts'
export type { AccountFace, AccountId, AccountLink, LiveSignIn } from './domain/account.ts'
export { accountIdByEmail } from './queries/accounts.ts'
export { SetUpSteps } from './web/account/change-pages.tsx'
export { passwordWords } from './web/account/change-routes.tsx'
export { CodeField, NewPasswordField } from './web/signing-in/fields.tsx'
export { carryCsrf, deviceOf, limitedSignIn, requireSignIn, startSignIn } from './web/browser.ts'
