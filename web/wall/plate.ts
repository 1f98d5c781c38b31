import type { GridPlateQuery } from '../graphql/generated.ts'
import { readPlate } from '../stores/readWall.ts'
import type { Plate } from '../stores/wallState.ts'

export type ShownPlate = Plate & { readonly isOld: boolean }

/**
 * The plate that stands: the last that was told, under its own name, until the wanted one has come. `openOf` counts an
 * area's open incidents; `today` is null where the API, which counts as of now, can't say it.
 */
export function shownPlate(
  told: GridPlateQuery['area'],
  wanted: string | null,
  openOf: (code: string) => number,
  isLive: boolean,
): ShownPlate | null {
  if (!told || wanted === null) return null
  const plate = readPlate(told)
  return { ...plate, open: openOf(told.code), today: isLive ? plate.today : null, isOld: told.code !== wanted }
}
