/** The peer of the wall's map. */
import { bareMap } from './bareMap.ts'

const { map } = await bareMap()
map.once('idle', () => {
  document.documentElement.dataset['ready'] = ''
})
