export { createAccountsInBulk, type NewAccount } from './commands/create-account.ts'
export { beginSignIn, liveSignIn } from './commands/sign-in.ts'
export type { AccountFace, AccountId, AccountLink, LiveSignIn } from './domain/account.ts'
export { accountIdByEmail } from './queries/accounts.ts'
