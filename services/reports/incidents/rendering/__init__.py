"""Incidents as files: GeoJSON, CSV and HXL, each with its marking first, written row by row."""

from services.reports.incidents.rendering.csv import render_csv, render_hxl
from services.reports.incidents.rendering.formats import Format, Rendering
from services.reports.incidents.rendering.geojson import render_geojson

RENDERINGS: dict[Format, Rendering] = {Format.geojson: render_geojson, Format.csv: render_csv, Format.hxl: render_hxl}
"""Who writes which format."""

__all__ = ["RENDERINGS", "Format", "Rendering"]
