export { connect, ConnectFailure, type Connection } from './connect.ts'
