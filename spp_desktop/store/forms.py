"""The steps from form to form of the file, each frozen in a module of its own.

Written by ``python -m spp_desktop.store.frozen``.
"""

from spp_desktop.store import form_2, form_3, form_4, form_5, form_6, form_7, form_8, form_9, form_10, form_11

STEPS = {
    1: form_2.bring_up,
    2: form_3.bring_up,
    3: form_4.bring_up,
    4: form_5.bring_up,
    5: form_6.bring_up,
    6: form_7.bring_up,
    7: form_8.bring_up,
    8: form_9.bring_up,
    9: form_10.bring_up,
    10: form_11.bring_up,
}
"""The step that leads away from each form."""

SHAPE = "401e9c9c4dba7a59b9da888cfdf8d59e709de13195371b08c0da26c8e7f1e5cf"
"""The fingerprint of what a file of the last form is made of: see ``database.shape_of``."""
