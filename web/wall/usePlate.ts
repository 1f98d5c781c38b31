import { computed } from 'vue'
import { useAnswer } from '../graphql/client.ts'
import { GridPlateDocument } from '../graphql/generated.ts'
import { useWallStore } from '../stores/wallStore.ts'
import { shownPlate } from './plate.ts'
import { useWallView } from './useWallView.ts'

/** The plate of an area, asked afresh when another one is shown and whenever the day's figures were. */
export function usePlate(code: () => string | null) {
  const wall = useWallStore()
  const view = useWallView()
  const answer = useAnswer(wall.ask, GridPlateDocument, () => {
    const wanted = code()
    void wall.figures
    const validAt = wall.replayAt === null ? undefined : new Date(wall.replayAt).toISOString()
    return wanted === null ? null : { code: wanted, validAt }
  })
  const openOf = (area: string) => view.open.value.filter(({ incident }) => incident.path.includes(area)).length
  return computed(() => shownPlate(answer.value?.area ?? null, code(), openOf, wall.replayAt === null))
}
