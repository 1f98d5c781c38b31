/** A thousand subscribers of one server in a process of their own, who note when each message came. */
import { tell } from '../harness/child.ts'
import { machineMs } from '../harness/reporting.ts'
import { subscribe } from '../harness/subscriber.ts'

export type Open = {
  readonly kind: 'open'
  readonly url: string
  readonly tokens: readonly string[]
  readonly count: number
  readonly query: string
  readonly mark: string // what a message holds that counts
}
/** Waits until so many messages came since the last time. */
export type Take = { readonly kind: 'take'; readonly count: number }
export type Taken = { readonly cameMs: readonly number[]; readonly bytes: number }

let came: number[] = []
let bytes = 0
let waiting: Take | null = null

process.on('message', (asked: Open | Take) => {
  if (asked.kind === 'open') void open(asked)
  else {
    waiting = asked
    answer()
  }
})
process.once('disconnect', () => process.exit(0))
tell({})

async function open({ url, tokens, count, query, mark }: Open): Promise<void> {
  const onNext = (text: string) => {
    if (!text.includes(mark)) return
    came.push(machineMs())
    bytes = Buffer.byteLength(text)
    answer()
  }
  for (let begun = 0; begun < count; begun += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, count - begun) }, (_, i) =>
        subscribe({ url, token: tokens[(begun + i) % tokens.length] ?? '', query, onNext }),
      ),
    )
  came = []
  tell({})
}

function answer(): void {
  if (waiting === null || came.length < waiting.count) return
  waiting = null
  const taken: Taken = { cameMs: came, bytes }
  came = []
  tell(taken)
}
