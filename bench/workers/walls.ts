/** Walls without a picture: each holds the two subscriptions of a wall; the first also notes how old each fix is. */
import { tell } from '../harness/child.ts'
import { CHANGES, POSITIONS, subscribe } from '../harness/subscriber.ts'

export type OpenWalls = { readonly url: string; readonly token: string; readonly count: number }

/** How old each fix was that came since the last time. */
export type Seen = { readonly agesMs: readonly number[] }
type Positions = { readonly payload: { readonly data: { readonly positions: { readonly workers: readonly Fix[] } } } }
type Fix = { readonly at: string }

let agesMs: number[] = []
process.on('message', (asked: OpenWalls | { readonly kind: 'seen' }) => {
  if (!('kind' in asked)) void open(asked).then(tell)
  else {
    tell({ agesMs } satisfies Seen)
    agesMs = []
  }
})
process.once('disconnect', () => process.exit(0))
tell({})

async function open({ url, token, count }: OpenWalls): Promise<object> {
  for (let no = 0; no < count; no++) {
    await subscribe({ url, token, query: CHANGES, onNext: () => {} })
    await subscribe({ url, token, query: POSITIONS, onNext: no === 0 ? look : () => {} })
  }
  return {}
}

function look(text: string): void {
  const now = Date.now()
  const { payload } = JSON.parse(text) as Positions
  for (const { at } of payload.data.positions.workers) agesMs.push(now - Date.parse(at))
}
