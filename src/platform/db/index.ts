export { addressesOf } from './addresses.ts'
export { DatabaseAway, OutcomeUnknown } from './away.ts'
export { clientFor } from './client-for.ts'
export {
  joiningProof,
  openDatabase,
  systemProof,
  type Actor,
  type Database,
  type DatabaseRole,
  type JoiningProof,
  type Proof,
  type SystemProof,
  type Tx,
} from './database.ts'
export { distribute, type Distribution } from './distribute.ts'
export { brokenConstraint, wasRaised } from './faults.ts'
export { migrate, refreshStatistics } from './migrate.ts'
export { isOutsideTransaction } from './run-migration.ts'
export { splitStatements, type ScriptStatement } from './split-statements.ts'
export { spreadTables, type SpreadTable } from './spread.ts'
export type { DatabaseSettings, SentStatement } from './settings.ts'
export type { Queries } from './queries.ts'
export { sql, type Statement } from './sql.ts'
