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

SHAPE = "e2a3a1073b617a9f0ee6d91da3d0882e33f31cb1d5cf7560f32810188e3524d1"
"""The fingerprint of what a file of the last form is made of: see ``database.shape_of``."""
