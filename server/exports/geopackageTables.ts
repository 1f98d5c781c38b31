/** The tables of OGC 12-128r17 (GeoPackage 1.3), annex C, and QGIS's own for styles. */
export const TABLES = `
create table gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
create table gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
create table gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
create table gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
create table layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT,
  f_table_schema TEXT,
  f_table_name TEXT,
  f_geometry_column TEXT,
  styleName TEXT,
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT,
  ui TEXT,
  update_time DATETIME
);
`

/** Who edits the table keeps its index right (annex F.3). */
export function rtreeTriggers(table: string): string[] {
  const rtree = `"rtree_${table}_geom"`
  const bounds = 'ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)'
  const isThere = '(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))'
  const isGone = '(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))'
  const put = `INSERT OR REPLACE INTO ${rtree} VALUES (NEW.fid, ${bounds});`
  const named = (what: string, when: string, of: string, condition: string, body: string) =>
    `CREATE TRIGGER "rtree_${table}_geom_${what}" AFTER ${when} ${of}ON "${table}"${condition === '' ? '' : ` WHEN ${condition}`} BEGIN ${body} END`
  const gone = `DELETE FROM ${rtree} WHERE id = OLD.fid;`
  return [
    named('insert', 'INSERT', '', isThere, put),
    named('update1', 'UPDATE', 'OF geom ', `OLD.fid = NEW.fid AND ${isThere}`, put),
    named('update2', 'UPDATE', 'OF geom ', `OLD.fid = NEW.fid AND ${isGone}`, gone),
    named('update3', 'UPDATE', '', `OLD.fid != NEW.fid AND ${isThere}`, `${gone} ${put}`),
    named(
      'update4',
      'UPDATE',
      '',
      `OLD.fid != NEW.fid AND ${isGone}`,
      `DELETE FROM ${rtree} WHERE id IN (OLD.fid, NEW.fid);`,
    ),
    named('delete', 'DELETE', '', 'OLD.geom NOT NULL', gone),
  ]
}
