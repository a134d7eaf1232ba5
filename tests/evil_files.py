"""Files that are made to stop whoever reads them: small ones that unpack to much, or do not say the truth."""

import struct
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document

from tests.features.plan.drafting.plans import word_file

SHEET, STRINGS, WORD = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "word/document.xml"
FAR = 99_999_999_999
_LINE = ["Жол начар", "Жолду оңдоо", "2026"]
_HEADINGS = ["Көйгөй", "Иш-чара", "Мөөнөтү"]


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed_of(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def with_part(content: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(content)
    return packed_of({**parts, name: edit(parts[name])})


def far_row(form: bytes) -> bytes:
    """One cell in a row that no spreadsheet has, and nothing that says how far the sheet goes."""
    row = f'<row r="{FAR}"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'.encode()
    return with_part(form, SHEET, lambda xml: _cut_dimension(xml).replace(b"</sheetData>", row))


def _cut_dimension(xml: bytes) -> bytes:
    begin = xml.index(b"<dimension")
    return xml[:begin] + xml[xml.index(b"/>", begin) + 2 :]


def many_rows(form: bytes, rows: int = 1_000_000) -> bytes:
    """Of cells that stand in a column without a key."""
    more = b'<row><c t="b"><v>1</v></c></row>' * rows
    return with_part(form, SHEET, lambda xml: xml.replace(b"</sheetData>", more + b"</sheetData>"))


def many_empty_cells(form: bytes, cells: int = 600_000) -> bytes:
    more = b"<row>" + b"<c/>" * cells + b"</row></sheetData>"
    return with_part(form, SHEET, lambda xml: xml.replace(b"</sheetData>", more))


def many_strings(form: bytes, strings: int = 3_000_000) -> bytes:
    return with_part(form, STRINGS, lambda xml: xml.replace(b"</sst>", b"<si/>" * strings + b"</sst>"))


def long_cell(form: bytes) -> bytes:
    more = b'<row><c t="str"><v>' + b"x" * 100_000 + b"</v></c></row></sheetData>"
    return with_part(form, SHEET, lambda xml: xml.replace(b"</sheetData>", more))


def repeated_string(form: bytes, cells: int = 50_000) -> bytes:
    """One long string that stands in every cell, and once in the file."""
    parts = parts_of(form)
    words = b"<si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    strings = parts[STRINGS].replace(b"</sst>", words)
    place = strings.count(b"<si>") - 1
    row = b"<row>" + f'<c t="s"><v>{place}</v></c>'.encode() * 250 + b"</row>"
    sheet = parts[SHEET].replace(b"</sheetData>", row * (cells // 250) + b"</sheetData>")
    return packed_of({**parts, STRINGS: strings, SHEET: sheet})


def deep(form: bytes) -> bytes:
    return with_part(form, SHEET, lambda xml: xml.replace(b"<sheetData>", b"<x>" * 300_000 + b"<sheetData>"))


def broken(form: bytes) -> bytes:
    return with_part(form, SHEET, lambda xml: xml[: len(xml) // 2])


def strange_encoding(form: bytes) -> bytes:
    heading = b"<?xml version='1.0' encoding='x-none'?>"
    return with_part(form, SHEET, lambda xml: heading + xml[xml.index(b"?>") + 2 :])


def zeros() -> bytes:
    """Fifty million of them; they pack to a thousandth."""
    return packed_of({SHEET: bytes(50_000_000)})


def lying_directory(form: bytes) -> bytes:
    """The sheet is fifty million spaces longer than the list of parts and its own heading say."""
    size = len(parts_of(form)[SHEET])
    bomb = with_part(form, SHEET, lambda xml: xml + b" " * 50_000_000)
    return bomb.replace(struct.pack("<L", size + 50_000_000), struct.pack("<L", size))


def many_parts(form: bytes) -> bytes:
    return packed_of({**parts_of(form), **{f"xl/media/{number}": b"" for number in range(20_000)}})


def word_plan() -> bytes:
    return word_file("2026", _HEADINGS, [_LINE])


def wide_span(span: int = 1_000_000_000) -> bytes:
    return with_part(word_plan(), WORD, lambda xml: _spanned(xml, span))


def _spanned(xml: bytes, span: int) -> bytes:
    return xml.replace(b"</w:tcPr>", f'<w:gridSpan w:val="{span}"/></w:tcPr>'.encode(), 1)


def merged_down(rows: int = 600) -> bytes:
    """A plan whose problem stands once, in a cell that goes down all rows."""
    document = Document()
    document.add_paragraph("2026")
    table = document.add_table(rows=2, cols=3)
    for row, words in enumerate((_HEADINGS, _LINE)):
        for column, cell in enumerate(words):
            table.cell(row, column).text = cell
    content = BytesIO()
    document.save(content)
    return with_part(content.getvalue(), WORD, lambda xml: _merged(xml, rows))


def _merged(xml: bytes, rows: int) -> bytes:
    begin = xml.rindex(b"<w:tr>")
    end = xml.index(b"</w:tr>", begin) + len(b"</w:tr>")
    first = xml[begin:end].replace(b"</w:tcPr>", b'<w:vMerge w:val="restart"/></w:tcPr>', 1)
    again = xml[begin:end].replace(b"</w:tcPr>", b"<w:vMerge/></w:tcPr>", 1)
    return xml[:begin] + first + again * (rows - 1) + xml[end:]


EVIL_FORMS: dict[str, Callable[[bytes], bytes]] = {
    "far row": far_row,
    "many rows": many_rows,
    "many empty cells": many_empty_cells,
    "many strings": many_strings,
    "long cell": long_cell,
    "repeated string": repeated_string,
    "deep": deep,
    "broken": broken,
    "strange encoding": strange_encoding,
    "zeros": lambda _form: zeros(),
    "lying directory": lying_directory,
    "many parts": many_parts,
}
