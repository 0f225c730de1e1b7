"""Reads every .xlsx of a folder as a script would, and prints how many cells it met.

Usage: read.py openpyxl|pandas-openpyxl|pandas-calamine FOLDER

Needs, from PyPI: pandas, openpyxl, python-calamine. Without a folder it only loads them.
"""

import pathlib
import sys


def openpyxl_cells(path):
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return sum(value is not None for row in rows for value in row)


def pandas_cells(engine):
    def cells(path):
        sheets = pandas.read_excel(path, sheet_name=None, header=None, engine=engine)
        return sum(int(sheet.notna().to_numpy().sum()) for sheet in sheets.values())

    return cells


reader, folder = sys.argv[1:]
if reader == "openpyxl":
    import openpyxl

    cells = openpyxl_cells
else:
    import pandas

    __import__("python_calamine" if reader == "pandas-calamine" else "openpyxl")
    cells = pandas_cells(reader.removeprefix("pandas-"))
if folder:
    print(sum(cells(path) for path in sorted(pathlib.Path(folder).glob("*.xlsx"))))
