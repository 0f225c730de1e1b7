#!/usr/bin/env python3
"""Looks at an export as those do who reuse it: `open_data.py FOLDER`.

Validates the data package with frictionless and the CSV on the Web with csvw, and reads every Parquet with DuckDB, pandas
and PyArrow: the types must be the declared ones, and the values those of the CSV. Needs what `.ci/run` installs.
"""

import csv
import datetime
import decimal
import json
import pathlib
import sys

import csvw
import duckdb
import frictionless
import pandas
import pyarrow as arrow
import pyarrow.parquet as parquet

# Field types of the package: how a CSV cell is read, and what Arrow calls it.
TYPES = {
    "string": (lambda cell: cell, arrow.types.is_string),
    "number": (decimal.Decimal, arrow.types.is_decimal),
    "integer": (int, arrow.types.is_int64),
    "date": (datetime.date.fromisoformat, arrow.types.is_date32),
    "boolean": ({"true": True, "false": False}.__getitem__, arrow.types.is_boolean),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(text):
    """A text as it was before an apostrophe made it harmless."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def must(truth, what):
    if not truth:
        sys.exit(f"{what}")


def validate_package(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    must(report.valid, f"frictionless: {report.flatten(['path', 'rowNumber', 'fieldName', 'message'])[:10]}")
    return len(report.tasks)


def validate_csvw(folder):
    metadata = folder / "csv-metadata.json"
    must(csvw.CSVW(str(metadata), validate=True).is_valid, "csvw: the metadata are not valid")
    group = csvw.TableGroup.from_file(metadata)
    # Reading checks each cell against its datatype, and the header against the names.
    return sum(len(list(table.iterdicts(strict=True))) for table in group.tables)


def read_csv(path, fields):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    must(rows[0] == [field["name"] for field in fields], f"{path}: another header")
    for row in rows[1:]:
        for cell, field in zip(row, fields):
            must(field["type"] == "number" or not cell.startswith(FORMULA), f"{path}: {cell!r} could be a formula")
    value = lambda cell, field: TYPES[field["type"]][0](plain(cell) if field["type"] == "string" else cell)
    return [[value(cell, field) if cell else None for cell, field in zip(row, fields)] for row in rows[1:]]


def compare(folder, resource):
    fields = resource["schema"]["fields"]
    rows = read_csv(folder / resource["path"], fields)
    path = folder / resource["path"].replace(".csv", ".parquet")
    table = parquet.read_table(path)
    for field in fields:
        kind = table.schema.field(field["name"]).type
        must(TYPES[field["type"]][1](kind), f"{path.name}: {field['name']} is {kind}, not {field['type']}")
    must([list(row.values()) for row in table.to_pylist()] == rows, f"{path.name}: PyArrow reads other values than the CSV has")
    found = duckdb.sql(f"SELECT * FROM read_parquet('{path}')")
    duck = {"string": "VARCHAR", "number": "DECIMAL", "integer": "BIGINT", "date": "DATE", "boolean": "BOOLEAN"}
    for field, kind in zip(fields, found.types):
        must(str(kind).startswith(duck[field["type"]]), f"{path.name}: DuckDB reads {field['name']} as {kind}")
    must([list(row) for row in found.fetchall()] == rows, f"{path.name}: DuckDB reads other values than the CSV has")
    frame = pandas.read_parquet(path)
    must(len(frame) == len(rows), f"{path.name}: pandas reads {len(frame)} rows")
    for at, field in enumerate(fields):
        column = [None if pandas.isna(value) else value for value in frame[field["name"]]]
        must(column == [row[at] for row in rows], f"{path.name}: pandas reads other values in {field['name']}")
        if field["type"] == "number":
            total = sum(value for value in column if value is not None)
            must(total == sum(row[at] for row in rows if row[at] is not None), f"{path.name}: another sum of {field['name']}")
    return len(rows)


def main():
    folder = pathlib.Path(sys.argv[1])
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = validate_package(folder)
    described = validate_csvw(folder)
    rows = sum(compare(folder, resource) for resource in package["resources"])
    must(described == rows, f"csvw reads {described} rows, the tables have {rows}")
    must(rows > 0, "the export is empty")
    print(f"{tables} tables, {rows} rows: valid, and the same in CSV and Parquet")


if __name__ == "__main__":
    main()
