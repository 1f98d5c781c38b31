import { onScopeDispose, watch } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { instantInAddress } from '#domain/time/instant.ts'
import { isPlaying, speedOf } from '../conductor/transport.ts'
import { IncidentSpanDocument } from '../graphql/generated.ts'
import { useTick } from '../stores/time.ts'
import { useWallStore } from '../stores/wallStore.ts'

/** While it plays the address follows so often, in seconds: a page that is loaded again goes on near where it was. */
const FOLLOW_EVERY_S = 10

const SETTLES_MS = 400

/** What an address says of a replay; all null: the present. */
type Asked = {
  readonly at: number | null
  readonly speed: string | null // it plays
  readonly known: string | null
  readonly incident: string | null // its fifteen minutes
}

/** Keeps address and replay in step: `at` (instant), `speed` (it plays), `known=then`, `incident` with `replay`. */
export function useReplayAddress(): void {
  const wall = useWallStore()
  const { replay } = wall
  const route = useRoute()
  const router = useRouter()
  const tick = useTick()
  let inStep: string | null = null // what address and replay last agreed on
  let isBeginning = false
  let settling: ReturnType<typeof setTimeout> | undefined

  async function follow(asked: Asked): Promise<void> {
    replay.know(asked.known === 'then' ? 'then' : 'now')
    const fast = speedOf(asked.speed)
    if (asked.incident !== null && asked.incident !== replay.focus.value?.incident) {
      isBeginning = true
      const isThere = await beginIncident(asked.incident).finally(() => {
        isBeginning = false
      })
      if (!isThere) return replay.toNow()
      if (asked.at === null) return
    }
    if (asked.incident === null) replay.unfocus()
    if (asked.at === null) return replay.toNow()
    replay.seek(asked.at)
    if (fast === null) replay.pause()
    else replay.play(fast)
  }

  /** Its first fact says which day to look in. */
  async function beginIncident(id: string): Promise<boolean> {
    const { incident } = await wall.ask(IncidentSpanDocument, { id })
    const first = incident?.facts.map(fact => Date.parse(fact.at)).toSorted((a, b) => a - b)[0]
    return first !== undefined && replay.focusOn(id, first)
  }

  watch(
    // An incident has to be asked for; an instant stands from the first frame on.
    () => [textOf(askedBy(route.query)), wall.frame !== null || askedBy(route.query).incident === null] as const,
    ([text, isReady]) => {
      if (!isReady || text === inStep) return
      inStep = text
      void follow(askedBy(route.query)).catch(() => replay.toNow())
    },
    { immediate: true },
  )
  watch(
    () =>
      [
        replay.transport.value,
        replay.focus.value,
        replay.knowing.value,
        Math.floor(tick.value / FOLLOW_EVERY_S),
      ] as const,
    () => {
      // A hand that scrubs would write more addresses than a browser takes.
      clearTimeout(settling)
      settling = setTimeout(write, SETTLES_MS)
    },
  )
  onScopeDispose(() => clearTimeout(settling))

  function write(): void {
    const [transport, focus, knowing] = [replay.transport.value, replay.focus.value, replay.knowing.value]
    if (inStep === null || isBeginning) return
    const instant = transport && replay.instant()
    const at = instant === null ? null : Math.floor(instant / 1000) * 1000
    const speed = transport !== null && isPlaying(transport) ? String(transport.speed) : null
    const known = transport !== null && knowing === 'then' ? 'then' : null
    const now: Asked = { at, speed, known, incident: focus?.incident ?? null }
    if (textOf(now) === inStep) return
    inStep = textOf(now)
    void router.replace({ query: { ...route.query, ...queryOf(now, route.query) } })
  }
}

const one = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function askedBy(query: LocationQuery): Asked {
  return {
    at: instantInAddress(one(query['at']) ?? ''),
    speed: one(query['speed']),
    known: one(query['known']),
    incident: 'replay' in query ? one(query['incident']) : null,
  }
}

function queryOf({ at, speed, known, incident }: Asked, before: LocationQuery) {
  const wasIncident = 'replay' in before
  return {
    at: at === null ? undefined : new Date(at).toISOString().replace('.000', ''),
    speed: speed ?? undefined,
    known: known ?? undefined,
    incident: incident ?? (wasIncident ? undefined : before['incident']),
    replay: incident === null ? undefined : null,
  }
}

const textOf = ({ at, speed, known, incident }: Asked) => [at, speed, known, incident].join(' ')
