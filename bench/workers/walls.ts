/** Walls without a picture: each holds the two subscriptions of a wall and reads what comes. */
import { tell } from '../harness/child.ts'
import { CHANGES, POSITIONS, subscribe } from '../harness/subscriber.ts'

export type OpenWalls = { readonly url: string; readonly token: string; readonly count: number }

let messages = 0
process.on('message', (asked: OpenWalls | { readonly kind: 'count' }) => {
  if ('kind' in asked) tell({ messages })
  else void open(asked).then(tell)
})
process.once('disconnect', () => process.exit(0))
tell({})

async function open({ url, token, count }: OpenWalls): Promise<object> {
  const onNext = () => {
    messages++
  }
  for (let no = 0; no < count; no++)
    for (const query of [CHANGES, POSITIONS]) await subscribe({ url, token, query, onNext })
  return {}
}
