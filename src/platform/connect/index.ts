export { connect, ConnectFailure, reach, type Connection } from './connect.ts'
