import { computed } from 'vue'
import { useAnswer } from '../graphql/client.ts'
import { GridPlateDocument } from '../graphql/generated.ts'
import { readPlate } from '../stores/readWall.ts'
import { useWallStore } from '../stores/wallStore.ts'
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
  return computed(() => {
    const area = answer.value?.area
    if (!area || area.code !== code()) return null
    const open = view.open.value.filter(({ incident }) => incident.path.includes(area.code)).length
    // The API counts as of now: of a past instant only what is on this wall can be said.
    return { ...readPlate(area), open, today: wall.replayAt === null ? area.counts.today : null }
  })
}
