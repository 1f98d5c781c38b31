/**
 * What `kill.test.ts` kills: it reports and accepts without end, records breaches, and prints the id of each incident
 * once the store has acknowledged it. Arguments: the database URL, the number of its life, what is random in it.
 */
import { writeSync } from 'node:fs'
import { incidentCommands } from '../commands/incidentCommands.ts'
import { handMovedApp } from '../testing/handMovedApp.ts'
import { IN_WEST_1, MINUTE, T0, viewer } from '../testing/street.ts'
import { recordBreaches } from '../timers/breachTimers.ts'
import { openStore } from './openStore.ts'

const [url = '', life = '0'] = process.argv.slice(2)
const store = await openStore(url)
/** Each life goes on where the last one was at the latest. */
const clock = { now: T0 + Number(life) * 86_400_000 }
const app = handMovedApp(store, clock, 100 + Number(life)) // ids of its own: the test is process 1
const commands = incidentCommands(app)
const dispatcher = viewer('dispatcher')

async function tell(no: number): Promise<void> {
  const commandId = app.random.uuid()
  const at = { commandId, at: clock.now }
  const reported = await commands.execute(dispatcher, {
    ...{ verb: 'report', category: 'rubbish', place: IN_WEST_1, title: `第 ${life}/${no} 件`, ...at },
  })
  if (!reported.ok) throw new Error(reported.message.en)
  acknowledge('report', commandId, reported.incident)
  if (no % 3 > 0) return
  const second = { commandId: app.random.uuid(), incident: reported.incident, assignee: 'w1' }
  const accepted = await commands.execute(dispatcher, { verb: 'accept', ...second })
  if (!accepted.ok) throw new Error(accepted.message.en)
  acknowledge('accept', second.commandId, reported.incident)
}

function acknowledge(verb: string, commandId: string, incident: string): void {
  writeSync(1, `${verb} ${commandId} ${incident}\n`)
}

for (let no = 0; ; no += 8) {
  clock.now += MINUTE
  // Eight at once and the timers among them, as on a server: their appends share transactions.
  const told = Array.from({ length: 8 }, (_, i) => tell(no + i))
  await Promise.all([...told, recordBreaches(app, clock.now)])
}
