"""Addresses of e-mail: what is read as one, whatever program they were copied from, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.kinds.addresses import Addresses, addresses_in
from spp_desktop.plan.kinds.kind import Doubt
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken

ANN = "ann.jones@force.police.uk"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (ANN, ANN),
        (f" {ANN} ;", ANN),
        (f"{ANN};acc-crime+plan@crime.force.pnn.police.uk", f"{ANN}; acc-crime+plan@crime.force.pnn.police.uk"),
        (f"{ANN}, b@x.uk", f"{ANN}; b@x.uk"),
        (f"Jones, Ann <{ANN}>; O'Neil, B <b.o'neil@x.uk>", f"{ANN}; b.o'neil@x.uk"),
        (f"Ann Jones <{ANN}>, Bob <b@x.uk>", f"{ANN}; b@x.uk"),
        (f"mailto:{ANN}", ANN),
        (f"{ANN}; {ANN.upper()}", ANN),
        (f"\u200b{ANN}\u00a0", ANN),
    ],
)
def test_addresses_are_read_as_they_are_typed_and_pasted(typed: str, kept: str) -> None:
    assert Addresses().read(typed) == kept
    assert check(Post, {"email": typed}) == {"email": kept}
    assert Addresses().read(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "ACC Crime",
        "ann@force",
        "ann@@force.uk",
        "@force.uk",
        "ann.@force.uk",
        "ann@-force.uk",
        "ann@force..uk",
        "ŵyn@force.uk",
        "a b@force.uk",
        f"{'a' * 65}@force.uk",
        f"a@{'b.' * 130}uk",
        f"{ANN}; Bob",
        "Ann <ann>",
        "a@x.uk\nBcc: b@x.uk",
    ],
)
def test_what_can_be_no_address_is_refused_with_the_part_that_is_none(typed: str) -> None:
    doubt = Addresses().read(typed)
    assert isinstance(doubt, Doubt)
    assert "cannot be an address" in doubt.sentence
    assert addresses_in(typed) == ()
    with pytest.raises(RuleBroken, match=r"^E-mail: “.*cannot be an address"):
        check(Post, {"email": typed})


@given(st.text(max_size=60))
def test_whatever_is_kept_fits_one_line_of_a_mail(typed: str) -> None:
    value = Addresses().read(typed)
    assert isinstance(value, Doubt) or (value.isascii() and (value.isprintable() or not value))
