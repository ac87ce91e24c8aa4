"""``spp forms``, ``spp fill`` and ``spp form-import``."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from spp_desktop.cli import ASK, DONE, REFUSED
from tests.command_line import spp
from tests.edits.test_forms import MAPPING, blank, changed

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def test_a_form_is_filled_and_read_back(worked: Path, mapping: Path, tmp_path: Path) -> None:
    form = blank(tmp_path / "annual.xlsx")
    assert "No mapping of a form is kept" in spp("forms", worked).out
    assert spp("forms", worked, "--add", mapping).out == "Annual return: 10 cells of annual.xlsx, 2008-2009\n"
    before = worked.read_bytes()
    filled = spp("fill", worked, "Annual return", form, tmp_path / "out.xlsx")
    assert (filled.status, filled.out.splitlines()[-1].endswith("It is in out.xlsx.")) == (ASK, True)
    assert "2 rows more of the plan have no place there." in filled.out
    assert load_workbook(tmp_path / "out.xlsx")["Figures"]["B1"].value == "F41"
    edited = changed(tmp_path / "out.xlsx", tmp_path / "edited.xlsx", {("Gains", "D2"): 5, ("Figures", "B5"): 1})
    looked = spp("form-import", worked, "Annual return", edited, "--json")
    assert looked.data["counts"]["differs"] == 2
    asked = spp("form-import", worked, "Annual return", edited, "--apply", "--unlikely")
    assert (asked.status, "Say why by --reason" in asked.out) == (ASK, True)
    assert worked.read_bytes() == before
    taken = spp("form-import", worked, mapping, edited, "--apply", "--unlikely", "--reason", "The form says so")
    assert taken.out.splitlines()[-1] == "Took in 2 cells of edited.xlsx. Undo takes it back in one step."
    assert spp("undo", worked).out.startswith("Undid")


def test_next_years_form_says_what_it_does_not_have(worked: Path, mapping: Path, tmp_path: Path) -> None:
    form = blank(tmp_path / "next.xlsx", move=True)
    filled = spp("fill", worked, mapping, form, tmp_path / "out.xlsx", "--json")
    assert (filled.status, len(filled.data["not_placed"])) == (ASK, 2)
    before = (tmp_path / "out.xlsx").read_bytes()
    refused = spp("fill", worked, mapping, form, tmp_path / "out.xlsx", "--year", "2009-2010")
    assert (refused.status, refused.err[:32]) == (2, "There is a file out.xlsx already")
    assert (tmp_path / "out.xlsx").read_bytes() == before
    told = spp("fill", worked, mapping, form, tmp_path / "out.xlsx", "--year", "2009-2010", "--overwrite")
    assert (told.status, "Moved from C5 to D7." in told.out, "Not placed" in told.out) == (ASK, True, False)


def test_what_cannot_be_done_says_why(worked: Path, mapping: Path, tmp_path: Path) -> None:
    form = blank(tmp_path / "annual.xlsx")
    content = form.read_bytes()
    assert "blank form itself" in spp("fill", worked, mapping, form, form).err
    assert form.read_bytes() == content
    unknown = spp("fill", worked, "Other", form, tmp_path / "out.xlsx")
    assert (unknown.status, "None is kept yet" in unknown.err) == (REFUSED, True)
    mapping.write_text("name = ", encoding="utf-8")
    assert "ours.toml is no mapping of a form" in spp("forms", worked, "--add", mapping).err
    mapping.write_bytes(b"\xff\xfe")
    assert "not written in UTF-8" in spp("forms", worked, "--add", mapping).err
    mapping.write_text('form = "x"', encoding="utf-8")
    assert spp("forms", worked, "--add", mapping).out == "ours: 0 cells of x\n"
    assert "does not say for which year" in spp("fill", worked, "ours", form, tmp_path / "o.xlsx", "--year", "2009").err
    assert "soon" in spp("fill", worked, "ours", form, tmp_path / "o.xlsx", "--year", "soon").err
    csv = tmp_path / "a.csv"
    csv.write_text("a,b")
    assert "is no workbook" in spp("fill", worked, "ours", csv, tmp_path / "o.xlsx").err
    assert not (tmp_path / "out.xlsx").exists()


def test_a_kept_mapping_goes_to_another_force(worked: Path, mapping: Path, tmp_path: Path) -> None:
    spp("forms", worked, "--add", mapping)
    assert spp("forms", worked, "--save", "annual return", tmp_path / "sent.toml").status == DONE
    assert spp("forms", worked, "--remove", "Annual return").out.startswith("No mapping")
    kept = spp("forms", worked, "--add", tmp_path / "sent.toml", "--json")
    assert kept.data == [{"name": "Annual return", "form": "annual.xlsx", "year": "2008-2009", "cells": 10}]
