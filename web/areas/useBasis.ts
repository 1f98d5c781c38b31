/** On what a page's figures stand: the log position, the instant they were made, how old that is, and what came since. */
import { computed, onScopeDispose, type ShallowRef, shallowRef } from 'vue'
import type { Api } from '../graphql/client.ts'
import { monotonic, useTick } from '../stores/time.ts'
import { LogHeadDocument } from './generated.ts'

export type Basis = {
  readonly position: number
  readonly at: number
  readonly generatedAt: number
  readonly heardAt: number
}
const ASK_EVERY_MS = 10_000

export function useBasis(api: Readonly<ShallowRef<Api | null>>, basis: Readonly<ShallowRef<Basis | null>>) {
  const tick = useTick()
  const head = shallowRef<number | null>(null)
  const timer = setInterval(() => {
    // A head that doesn't come leaves the last one standing; the page's own figures say when they are old.
    api.value?.ask(LogHeadDocument, {}).then(
      answer => {
        head.value = answer.head
      },
      () => {},
    )
  }, ASK_EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  return {
    ageMs: computed(() => {
      void tick.value
      return basis.value === null ? 0 : Math.max(0, monotonic() - basis.value.heardAt)
    }),
    newer: computed(() => Math.max(0, (head.value ?? 0) - (basis.value?.position ?? Number.POSITIVE_INFINITY))),
  }
}

export function basisOf(cohort: { position: number; at: string; generatedAt: string }): Basis {
  const { position, at, generatedAt } = cohort
  return { position, at: Date.parse(at), generatedAt: Date.parse(generatedAt), heardAt: monotonic() }
}
