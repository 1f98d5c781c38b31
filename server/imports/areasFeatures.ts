import { feature } from 'topojson-client'
import type { Objects, Topology } from 'topojson-specification'
import type { AreasLayer } from './areasMapping.ts'
import { UnusableInput } from './importReport.ts'

/** A feature as it came in; `line` counts the features of its collection from 1. */
export type AreaFeature = {
  readonly line: number
  readonly properties: { readonly [name: string]: unknown }
  readonly geometry: { readonly type: string; readonly coordinates?: unknown } | null
}

/** Reads GeoJSON or TopoJSON text (or what it parses to) and gives a layer's features. Throws UnusableInput when it is neither. */
export function areaFeatures(content: unknown): (layer: AreasLayer) => AreaFeature[] {
  const parsed = typeof content === 'string' ? parse(content) : content
  const source = collectionsOf(parsed)
  return layer => {
    const { where } = layer
    const features = source(layer.object).map((each, i): AreaFeature => {
      const { properties, geometry } = isObject(each) ? each : {}
      return {
        line: i + 1,
        properties: isObject(properties) ? properties : {},
        geometry:
          isObject(geometry) && typeof geometry['type'] === 'string' ? (geometry as AreaFeature['geometry']) : null,
      }
    })
    if (where && features.length > 0 && !features.some(({ properties }) => Object.hasOwn(properties, where.property)))
      throw new UnusableInput(`No feature has the property “${where.property}” by which the mapping chooses ("where").`)
    return where
      ? features.filter(each => where.oneOf.some(value => value === each.properties[where.property]))
      : features
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new UnusableInput(`The file is not JSON: ${error instanceof Error ? error.message : error}.`)
  }
}

function collectionsOf(parsed: unknown): (object: string | undefined) => unknown[] {
  if (isObject(parsed) && parsed['type'] === 'Topology' && isObject(parsed['objects']))
    return topologyCollections(parsed)
  if (!isObject(parsed) || (parsed['type'] !== 'FeatureCollection' && parsed['type'] !== 'Feature'))
    throw new UnusableInput('The file is neither a GeoJSON FeatureCollection nor a TopoJSON Topology.')
  refuseForeignCrs(parsed['crs'])
  const features = parsed['type'] === 'Feature' ? [parsed] : parsed['features']
  if (!Array.isArray(features)) throw new UnusableInput('The FeatureCollection has no list of features.')
  return object => {
    if (object !== undefined)
      throw new UnusableInput(`The mapping names the TopoJSON object “${object}”, but the file is GeoJSON.`)
    return features
  }
}

function topologyCollections(parsed: object): (object: string | undefined) => unknown[] {
  const topology = parsed as Topology<Objects>
  const names = Object.keys(topology.objects)
  return object => {
    const name = object ?? (names.length === 1 ? names[0] : undefined)
    const found = name === undefined ? undefined : topology.objects[name]
    if (!found)
      throw new UnusableInput(
        name === undefined
          ? `The file has the objects ${names.join(', ')}: name one in the mapping ("object").`
          : `The file has no object “${name}”; it has ${names.join(', ')}.`,
      )
    try {
      const read = feature(topology, found)
      return read.type === 'FeatureCollection' ? read.features : [read]
    } catch (error) {
      throw new UnusableInput(`The object “${name}” can't be read: ${error instanceof Error ? error.message : error}.`)
    }
  }
}

/** RFC 7946 knows only WGS 84; files after the older draft may carry metres of some projection. */
function refuseForeignCrs(crs: unknown): void {
  const properties = isObject(crs) ? crs['properties'] : undefined
  const name = isObject(properties) ? String(properties['name']) : ''
  if (name !== '' && !/CRS84|EPSG:+(4326|4490)$/i.test(name))
    throw new UnusableInput(
      `The file's positions are in ${name}: convert it to degrees (EPSG:4326 or EPSG:4490) first.`,
    )
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
