#!/usr/bin/env python3
"""Lets LibreOffice recalculate a workbook and compares every formula's result with the stored one.

    recalculate.py WORKBOOK.xlsx

Needs only the standard library and `soffice`. Exit code 0 when all agree, 1 when some do not or when there is no
formula at all, 2 when the check could not be made.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Without this LibreOffice trusts the stored results of some programs and recalculates nothing.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def cells(workbook):
    """Every cell of a workbook: (sheet, address) -> (formula or None, value)."""
    found = {}
    with zipfile.ZipFile(workbook) as parts:
        names = set(parts.namelist())
        shared = []
        if "xl/sharedStrings.xml" in names:
            for item in ET.fromstring(parts.read("xl/sharedStrings.xml")).iter(MAIN + "si"):
                shared.append("".join(text.text or "" for text in item.iter(MAIN + "t")))
        targets = {
            relation.get("Id"): relation.get("Target").lstrip("/")
            for relation in ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        }
        for sheet in ET.fromstring(parts.read("xl/workbook.xml")).iter(MAIN + "sheet"):
            part = targets[sheet.get(LINK)]
            part = part if part.startswith("xl/") else "xl/" + part
            for cell in ET.fromstring(parts.read(part)).iter(MAIN + "c"):
                formula, value = cell.find(MAIN + "f"), cell.find(MAIN + "v")
                text = None if value is None else value.text
                if cell.get("t") == "s" and text is not None:
                    text = shared[int(text)]
                found[sheet.get("name"), cell.get("r")] = (None if formula is None else formula.text or "", text)
    return found


def recalculated(workbook, folder):
    """The workbook as LibreOffice writes it after recalculating."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    command = ["soffice", "-env:UserInstallation=" + (folder / "profile").as_uri(), "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(workbook)]
    subprocess.run(command, check=True, timeout=300, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return folder / "out" / workbook.name


def same(stored, computed):
    """Numbers within a millionth, everything else to the letter; nothing and the empty text are the same."""
    number = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?$")
    if stored and computed and number.match(stored) and number.match(computed):
        one, other = float(stored), float(computed)
        return abs(one - other) <= 1e-6 * max(1.0, abs(other))
    return (stored or "") == (computed or "")


def main(argument):
    workbook = pathlib.Path(argument).resolve()
    before = cells(workbook)
    with tempfile.TemporaryDirectory() as folder:
        after = cells(recalculated(workbook, pathlib.Path(folder)))
    formulas = {place: cell for place, cell in before.items() if cell[0] is not None}
    different = 0
    for (sheet, address), (formula, stored) in formulas.items():
        computed = after.get((sheet, address), (None, None))[1]
        if not same(stored, computed):
            different += 1
            print(f"{sheet}!{address} ={formula}: stored {stored!r}, recalculated {computed!r}")
    print(f"{len(formulas)} formulas recalculated, {different} with another result")
    return 1 if different or not formulas else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        sys.exit(main(sys.argv[1]))
    except (OSError, KeyError, ET.ParseError, zipfile.BadZipFile, subprocess.SubprocessError) as error:
        print(f"the workbook could not be recalculated: {error}", file=sys.stderr)
        sys.exit(2)
