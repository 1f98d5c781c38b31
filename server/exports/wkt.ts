import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'

/** The system as OGC well-known text (WKT 1), as GeoPackage and GDAL's side files want it. */
export function wktOf(system: CoordinateSystem): string {
  const { projection, name, code } = system
  const geographic = geographicOf(system)
  if (projection === null) return geographic
  const axes = 'AXIS["Easting",EAST],AXIS["Northing",NORTH]'
  const parameters =
    projection.kind === 'webMercator'
      ? [
          ['central_meridian', 0],
          ['scale_factor', 1],
          ['false_easting', 0],
          ['false_northing', 0],
        ]
      : [
          ['latitude_of_origin', 0],
          ['central_meridian', projection.centralMeridian],
          ['scale_factor', projection.scale],
          ['false_easting', projection.falseEastingM],
          ['false_northing', projection.falseNorthingM],
        ]
  const method = projection.kind === 'webMercator' ? 'Mercator_1SP' : 'Transverse_Mercator'
  const list = parameters.map(([parameter, value]) => `PARAMETER["${parameter}",${value}]`).join(',')
  // Without this PROJ would take the sphere's formula for the ellipsoid's.
  const sphere =
    projection.kind === 'webMercator'
      ? ',EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"]'
      : ''
  return `PROJCS["${name}",${geographic},PROJECTION["${method}"],${list},UNIT["metre",1,AUTHORITY["EPSG","9001"]],${axes}${sphere},AUTHORITY["EPSG","${code}"]]`
}

function geographicOf({ datum }: CoordinateSystem): string {
  const [name, code, datumName, datumCode, ellipsoid, flattening, ellipsoidCode] =
    datum === 'CGCS2000'
      ? ['China Geodetic Coordinate System 2000', 4490, 'China_2000', 1043, 'CGCS2000', '298.257222101', 1024]
      : ['WGS 84', 4326, 'WGS_1984', 6326, 'WGS 84', '298.257223563', 7030]
  return [
    `GEOGCS["${name}",DATUM["${datumName}",SPHEROID["${ellipsoid}",6378137,${flattening},AUTHORITY["EPSG","${ellipsoidCode}"]],AUTHORITY["EPSG","${datumCode}"]]`,
    'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]]',
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]]',
    `AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","${code}"]]`,
  ].join(',')
}
