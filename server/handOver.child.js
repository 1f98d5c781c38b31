// Hands over to the same Node, as gridwatch.js does where it is run by one that is too old.
import { handOver } from './handOver.js'

handOver(process.execPath, process.argv.slice(2))
