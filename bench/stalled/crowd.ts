/**
 * A thousand subscribers of the log in a process of their own. Some stop reading from their sockets as soon as they are
 * subscribed; every now and then they come back with their cursor, read what they missed, and stop again. Each keeps its cursor, how much it
 * was told and the sum of the positions: enough to tell a miss and a doubling.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { tell } from '../harness/child.ts'
import { CHANGES, type Subscriber, subscribe } from '../harness/subscriber.ts'

export type Crowd = {
  readonly kind: 'open'
  readonly url: string
  readonly tokens: readonly string[]
  readonly count: number
  readonly stalled: number
  readonly cursor: number
}
export type Ask = { readonly kind: 'stallAgain' | 'resume' | 'tell' }
export type Told = { readonly told: readonly Member[] }
type Member = { cursor: number; items: number; sum: number; doubled: number; lagged: number }

/** The same change many times over, so that what a stalled socket is owed soon exceeds every buffer on the way. */
const FAT = `subscription ($after: Int) { changes(after: $after) { __typename ... on IncidentChanged { position incident {
  ${Array.from({ length: 30 }, (_, i) => `t${i}: title`).join(' ')} } } ... on IncidentLeft { position id }
  ... on Heartbeat { head } ... on Lagged { from to } } }`
/** So many open at once. */
const AT_ONCE = 50
const TRIES = 10

let crowd: Crowd = { kind: 'open', url: '', tokens: [], count: 0, stalled: 0, cursor: 0 }
const members: Member[] = []
const sockets: (Subscriber | undefined)[] = []
/** What a socket that was left still has to say is not listened to. */
const turns: object[] = []

process.on('message', (asked: Crowd | Ask) => void answer(asked).then(tell))
process.once('disconnect', () => process.exit(0))
tell({})

async function answer(asked: Crowd | Ask): Promise<object> {
  switch (asked.kind) {
    case 'open':
      crowd = asked
      for (let no = 0; no < asked.count; no++)
        members.push({ cursor: asked.cursor, items: 0, sum: 0, doubled: 0, lagged: 0 })
      await joinAll(0, 'reads')
      await joinAll(firstStalled(), 'stalls')
      return {}
    case 'stallAgain':
      await joinAll(firstStalled(), 'reads')
      await caughtUp()
      await joinAll(firstStalled(), 'stalls')
      return {}
    case 'resume':
      await joinAll(0, 'reads')
      return {}
    case 'tell':
      return { told: members } satisfies Told
  }
}

/** Those who stall are the last. */
const firstStalled = () => crowd.count - crowd.stalled

/** Everybody from `first` on comes with their cursor. */
async function joinAll(first: number, how: 'reads' | 'stalls'): Promise<void> {
  for (let from = first; from < crowd.count; from += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, crowd.count - from) }, (_, i) => join(from + i, how, TRIES)),
    )
}

async function caughtUp(): Promise<void> {
  const goal = Math.max(...members.map(({ cursor }) => cursor))
  for (let waited = 0; waited < 100 && members.some(({ cursor }) => cursor < goal); waited++) await wait(100)
}

async function join(no: number, how: 'reads' | 'stalls', tries: number): Promise<void> {
  sockets[no]?.close()
  const member = members[no]
  if (member === undefined) return
  const turn = {}
  turns[no] = turn
  const joining = subscribe({
    url: crowd.url,
    token: crowd.tokens[no % crowd.tokens.length] ?? '',
    query: how === 'stalls' ? FAT : CHANGES,
    variables: { after: member.cursor },
    onNext: text => {
      if (turns[no] === turn) take(member, text)
    },
  })
  try {
    const subscriber = await joining
    sockets[no] = subscriber
    if (how === 'stalls') subscriber.socket.pause()
  } catch (error) {
    // As any client: it tries again.
    if (tries <= 1) throw error
    await wait(500)
    await join(no, how, tries - 1)
  }
}

function take(member: Member, text: string): void {
  for (const [, key, digits] of text.matchAll(/"(position|from)":(\d+)/g)) {
    const position = Number(digits)
    if (key === 'from') member.lagged++
    else if (position <= member.cursor) member.doubled++
    else {
      member.cursor = position
      member.items++
      member.sum += position
    }
  }
}
