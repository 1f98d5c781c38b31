/** Owns the tiled base map of one MapLibre map: its sources, its layers and the way its tiles come, with the page's token. */
import { addProtocol, type MapLibreMap, type SourceSpecification } from 'maplibre-gl'
import { loadFonts } from '../styles/fonts.ts'
import { type BaseTiles, type ShownTiles, shownTiles } from './baseTiles.ts'
import type { Theme } from './mapScene.ts'
import { palettes } from './palette.ts'
import { type PlacedLayer, rasterLayers, tiandituPictures, vectorLayers } from './tileStyle.ts'
import { tileTexts } from './tileTexts.ts'

export type TileLayers = {
  /** To be called when what is drawn or how changes, and when the style is new. */
  draw(tiles: BaseTiles | null, look: { theme: Theme; unitPx: number; textScale: number }): void
  close(): void
}

const PROTOCOL = 'basemap'
const TIANDITU_DEEPEST = 18
/** By the map's number: MapLibre knows a protocol by its name alone. */
const asks = new Map<string, BaseTiles['ask']>()
let maps = 0

export function createTileLayers(map: MapLibreMap): TileLayers {
  const id = String(++maps)
  if (maps === 1) addProtocol(PROTOCOL, ({ url, type }, { signal }) => loadTile(url, type !== 'image', signal))
  let drawn = { sources: [] as string[], layers: [] as string[], key: '' }

  function clear(): void {
    for (const layer of drawn.layers) if (map.getLayer(layer)) map.removeLayer(layer)
    for (const source of drawn.sources) if (map.getSource(source)) map.removeSource(source)
    drawn = { sources: [], layers: [], key: '' }
  }

  return {
    draw(tiles, look) {
      const shown = tiles && shownTiles(tiles.state)
      if (!tiles || !shown) return clear()
      asks.set(id, tiles.ask)
      const key = JSON.stringify([shown, tiles.attempt, look])
      if (key === drawn.key && map.getLayer(drawn.layers[0] ?? '')) return
      clear()
      const sources = sourcesOf(shown, `${PROTOCOL}://${id}/${tiles.attempt}`)
      const layers = layersOf(shown, look)
      for (const [name, source] of Object.entries(sources)) map.addSource(name, source)
      for (const { layer, under } of layers) map.addLayer(layer, under)
      drawn = { key, sources: Object.keys(sources), layers: layers.map(({ layer }) => layer.id) }
    },
    close: () => void asks.delete(id),
  }
}

function sourcesOf(shown: ShownTiles, prefix: string): { [id: string]: SourceSpecification } {
  if (shown.from === 'tianditu') {
    const picture = (layer: string): SourceSpecification => ({
      type: 'raster',
      tiles: [`${prefix}/basemap/tianditu/${layer}/{z}/{x}/{y}`],
      tileSize: 256,
      minzoom: 1,
      maxzoom: TIANDITU_DEEPEST,
    })
    return { 'tiles-vec': picture('vec'), 'tiles-cva': picture('cva') }
  }
  const { kind, minZoom, maxZoom, version, bounds } = shown.archive
  const tiles = [`${prefix}/basemap/tiles/{z}/{x}/{y}?v=${version}`]
  const common = { tiles, minzoom: minZoom, maxzoom: maxZoom, bounds: [...bounds] as [number, number, number, number] }
  return { tiles: kind === 'vector' ? { type: 'vector', ...common } : { type: 'raster', tileSize: 256, ...common } }
}

function layersOf(shown: ShownTiles, look: Parameters<TileLayers['draw']>[1]): PlacedLayer[] {
  const { theme, textScale } = look
  const unit = Math.max(look.unitPx, 0.1)
  if (shown.from === 'tianditu') return tiandituPictures({ vec: 'tiles-vec', cva: 'tiles-cva' }, theme)
  if (shown.archive.kind === 'raster') return rasterLayers('tiles', theme)
  return vectorLayers('tiles', shown.archive.layers, palettes[theme], unit, unit * textScale)
}

/** basemap://MAP/ATTEMPT/PATH */
async function loadTile(url: string, isVector: boolean, signal: AbortSignal): Promise<{ data: ArrayBuffer }> {
  const [, , map = '', , ...path] = url.split('/')
  const ask = asks.get(map)
  if (!ask) throw new Error('this map has gone')
  const { data, texts } = await ask(`/${path.join('/')}`, signal, data => ({
    data,
    texts: isVector && data !== null ? tileTexts(data) : '',
  }))
  // MapLibre keeps the first picture of a character for good, so its font comes before the tile that holds it.
  await loadFonts(texts)
  if (data !== null) return { data }
  if (isVector) return { data: new ArrayBuffer(0) }
  // There is no empty picture. With this status MapLibre draws the tile above it instead, and complains to nobody.
  throw Object.assign(new Error('there is no such tile'), { status: 404 })
}
