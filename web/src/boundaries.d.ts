declare module "virtual:un-boundaries" {
  import type { FeatureCollection, MultiLineString } from "geojson";

  /** United Nations boundaries around Central Asia, WGS 84; `code` is the ISO 3166-1 alpha-3 code or the UN's own for an undetermined area. */
  const boundaries: {
    countries: FeatureCollection;
    lakes: FeatureCollection;
    rivers: FeatureCollection;
    borders: MultiLineString;
  };
  export default boundaries;
}
